import { z } from 'zod';
import { Time, text } from '../schemas.ts';

const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // a RangeError: the one thing that it throws for a string
  }
};

export const Preferences = z.object({
  theme: z.enum(['light', 'dark']),
  notifications: z.boolean(),
  language: text(35)
    .refine(isLanguageTag, 'is no language tag (BCP 47)')
    .meta({ description: 'BCP 47', example: 'en' }),
});

export const PersonName = text(100).trim().min(1);

export const User = z
  .object({
    userId: z.string(),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    role: z.enum(['user', 'admin']),
    provider: z.enum(['COGNITO', 'Google', 'LoginWithAmazon', 'LOCAL']),
    isActive: z.boolean(),
    createdAt: Time,
    updatedAt: Time,
    lastLoginAt: Time.optional(),
    loginCount: z.int(),
    preferences: Preferences,
    metadata: z.object({
      registrationSource: z.string(),
      emailVerified: z.boolean(),
      termsAcceptedAt: Time,
      cognitoUsername: z.string().optional(),
    }),
  })
  .meta({ id: 'User' });
