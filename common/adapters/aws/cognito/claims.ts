import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { Claims, Provider } from '../../../domain/user.ts';

/** What providers call attributes differs, and so does what Cognito makes of truth: true, or 'true' as it was mapped. */
const Person = z.object({
  sub: z.string().min(1),
  'cognito:username': z.string(),
  email: z.string().default(''),
  email_verified: z.union([z.boolean(), z.stringbool()]).catch(false),
  given_name: z.string().optional(),
  family_name: z.string().default(''),
  name: z.string().default(''),
  identities: z.array(z.object({ providerName: z.string() })).catch([]),
});

/**
 * A person, from the payload of an ID token that was verified, or from attributes of the same names; access tokens carry
 * neither e-mail nor names. Throws `unauthenticated` for someone without an e-mail.
 */
export const claimsOf = (payload: unknown): Claims => {
  const person = Person.parse(payload);
  const email = person.email.toLowerCase();
  const username = person['cognito:username'];
  if (email === '') {
    throw new AppError(
      'unauthenticated',
      'This login tells no e-mail address: allow that at its provider, and try again.',
    );
  }
  return {
    userId: person.sub,
    email,
    firstName: person.given_name ?? person.name,
    lastName: person.family_name,
    emailVerified: person.email_verified,
    provider: providerOf(username, person.identities),
    ...(username.toLowerCase() !== email && { cognitoUsername: username }),
  };
};

const FEDERATED: readonly Provider[] = ['Google', 'LoginWithAmazon'];

/** Those who came from elsewhere are called by it: Google_1234. A user of the pool may be linked to such accounts too. */
const providerOf = (username: string, identities: readonly { providerName: string }[]): Provider => {
  const isFrom = (provider: string) => username.toLowerCase().startsWith(`${provider.toLowerCase()}_`);
  const names = identities.map(({ providerName }) => providerName);
  return FEDERATED.find((provider) => names.includes(provider) && isFrom(provider)) ?? 'COGNITO';
};
