export type Role = 'user' | 'admin';
export type Provider = 'COGNITO' | 'Google' | 'LoginWithAmazon' | 'LOCAL';

/** The specification's record. Times are ISO 8601 in UTC with milliseconds. */
export interface User {
  readonly userId: string;
  /** Lower case. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
  readonly provider: Provider;
  /** An inactive user cannot log in, and no token of theirs is taken. */
  readonly isActive: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly lastLoginAt?: string;
  readonly loginCount: number;
  readonly preferences: Preferences;
  readonly metadata: {
    readonly registrationSource: string;
    readonly emailVerified: boolean;
    readonly termsAcceptedAt: string;
    /** Where it is not the e-mail. */
    readonly cognitoUsername?: string;
  };
  /** As the identity provider told them last; a name above that differs is the person's own choice. Stays inside. */
  readonly toldNames?: Names;
}

export interface Names {
  readonly firstName: string;
  readonly lastName: string;
}

export interface Preferences {
  readonly theme: 'light' | 'dark';
  readonly notifications: boolean;
  /** BCP 47. */
  readonly language: string;
}

/** What an identity provider says of the person who logged in. */
export interface Claims extends Names {
  readonly userId: string;
  /** Lower case. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly provider: Provider;
  /** Where it is not the e-mail. */
  readonly cognitoUsername?: string;
}

/** Other companies whose accounts people may log in with; by their names in addresses. */
export const LOGIN_PROVIDERS = ['google', 'amazon'] as const;
export type LoginProvider = (typeof LOGIN_PROVIDERS)[number];

const SOURCE: Record<Provider, string> = {
  COGNITO: 'cognito',
  Google: 'google',
  LoginWithAmazon: 'amazon',
  LOCAL: 'local',
};

const DEFAULT_PREFERENCES: Preferences = { theme: 'light', notifications: true, language: 'en' };

/** The profile of someone who is here for the first time. @param now ISO 8601 */
export const newUser = (claims: Claims, now: string): User => ({
  userId: claims.userId,
  email: claims.email,
  firstName: claims.firstName,
  lastName: claims.lastName,
  role: 'user',
  provider: claims.provider,
  isActive: true,
  createdAt: now,
  updatedAt: now,
  loginCount: 0,
  preferences: DEFAULT_PREFERENCES,
  metadata: { registrationSource: SOURCE[claims.provider], termsAcceptedAt: now, ...toldOf(claims) },
  toldNames: namesOf(claims),
});

/**
 * What a login changes in a profile; undefined when nothing. A name that the provider tells as before stays what the
 * person made of it here; role and isActive are never the provider's to say.
 */
export const changeBy = (
  claims: Claims,
  { email, metadata, toldNames }: User,
): Partial<Pick<User, 'email' | 'firstName' | 'lastName' | 'metadata' | 'toldNames'>> | undefined => {
  const { cognitoUsername: _, ...kept } = metadata;
  const names = namesOf(claims);
  const isTold = toldNames?.firstName === names.firstName && toldNames.lastName === names.lastName;
  const isSame = metadata.emailVerified === claims.emailVerified && metadata.cognitoUsername === claims.cognitoUsername;
  const change = {
    ...(email !== claims.email && { email: claims.email }),
    ...(toldNames && toldNames.firstName !== names.firstName && { firstName: names.firstName }),
    ...(toldNames && toldNames.lastName !== names.lastName && { lastName: names.lastName }),
    ...(!isTold && { toldNames: names }),
    ...(!isSame && { metadata: { ...kept, ...toldOf(claims) } }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
};

const namesOf = ({ firstName, lastName }: Claims): Names => ({ firstName, lastName });

const toldOf = ({ emailVerified, cognitoUsername }: Claims) => ({
  emailVerified,
  ...(cognitoUsername !== undefined && { cognitoUsername }),
});
