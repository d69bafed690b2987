import type { Identity, Registration, TokenVerifier } from '../../common/ports/identity.ts';

export interface IdentityParts {
  readonly identity: Identity;
  readonly tokens: TokenVerifier;
  /** An access token of this home that was good until an hour ago. */
  readonly expiredToken: (userId: string) => Promise<string>;
}

export const PASSWORD = 'correct horse 1 Battery!';
export const ada: Registration = {
  email: 'ada@example.org',
  password: PASSWORD,
  firstName: 'Ada',
  lastName: 'Lovelace',
};
export const bob: Registration = { ...ada, email: 'bob@example.org', firstName: 'Bob' };
export const refused = { code: 'unauthenticated' };
