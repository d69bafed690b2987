import type { Claims } from '../domain/user.ts';

export interface Registration {
  /** Lower case. */
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface Session {
  readonly accessToken: string;
  /** Seconds that the access token lives. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly claims: Claims;
}

/** Who people are: passwords live here and nowhere else. Any method may throw `unavailable`. */
export interface Identity {
  /** Throws `conflict` when the e-mail is taken, `invalid` for a password that the home's rules do not allow. */
  register(person: Registration): Promise<Claims>;
  /**
   * Throws `unauthenticated`, in the same time for an unknown e-mail as for a wrong password; `throttled` where too many
   * wrong ones came.
   */
  login(email: string, password: string): Promise<Session>;
  /**
   * A refresh token serves once; in the embedded home using it again ends its whole family. Throws `unauthenticated`.
   */
  refresh(refreshToken: string): Promise<Session>;
  /** Ends the session of a refresh token; succeeds for one that is unknown. */
  logout(refreshToken: string): Promise<void>;
  /** The person and all their sessions; succeeds where nobody is. */
  remove(userId: string): Promise<void>;
}

/** Judges access tokens; on the path of every request. */
export interface TokenVerifier {
  /** The userId. Throws `unauthenticated`. */
  verify(accessToken: string): Promise<string>;
}
