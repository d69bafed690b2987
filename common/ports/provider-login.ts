import type { LoginProvider } from '../domain/user.ts';
import type { Session } from './identity.ts';

/** What the browser brings back from the provider's page. */
export interface ProviderAnswer {
  /** From `begin`, kept by the browser meanwhile. */
  readonly ticket: string;
  readonly state: string;
  readonly code: string;
}

/** Logins with an account elsewhere: authorization code, PKCE, state (RFC 6749, 7636). */
export interface ProviderLogin {
  /**
   * Where the browser goes, and the ticket that only this browser may hold; it is good for ten minutes, in every process.
   * Throws `not_found` where no such logins are set up.
   */
  begin(provider: LoginProvider): Promise<{ address: string; ticket: string }>;
  /** Throws `unauthenticated` for what does not belong together, `not_found` like `begin`, `unavailable`. */
  finish(answer: ProviderAnswer): Promise<Session>;
}
