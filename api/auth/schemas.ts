import { z } from 'zod';
import { text } from '../schemas.ts';
import { PersonName, User } from '../users/schemas.ts';

const Email = text(254)
  .trim()
  .toLowerCase()
  .pipe(z.email())
  .meta({ description: 'Upper and lower case are the same', example: 'ada@example.org' });
const Password = text(200).min(8);

export const Credentials = z.strictObject({ email: Email, password: text(200) });
export const NewPerson = z.strictObject({
  email: Email,
  password: Password,
  firstName: PersonName,
  lastName: PersonName,
});
export const RefreshToken = z.strictObject({ refreshToken: text(4_000).min(1) });

export const Session = z
  .object({
    user: User,
    accessToken: z.string().meta({ description: 'Send it as "Authorization: Bearer <token>"' }),
    expiresIn: z.int().meta({ description: 'Seconds that the access token lives' }),
    refreshToken: z.string().meta({ description: 'Serves once, for new tokens' }),
  })
  .meta({ id: 'Session' });
