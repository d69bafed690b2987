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
    readonly cognitoUsername?: string;
  };
}

export interface Preferences {
  readonly theme: 'light' | 'dark';
  readonly notifications: boolean;
  /** BCP 47. */
  readonly language: string;
}

/** What an identity provider says of the person who logged in. */
export interface Claims {
  readonly userId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly emailVerified: boolean;
  readonly provider: Provider;
}

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
  metadata: {
    registrationSource: claims.provider.toLowerCase(),
    emailVerified: claims.emailVerified,
    termsAcceptedAt: now,
  },
});
