import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';

const PATIENCE_MS = 10_000;
const TOO_MANY = 429;

const Tokens = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number(),
});
export type Tokens = z.infer<typeof Tokens>;

/** What is our fault and not the code's: a wrong setting. */
const Failure = z.object({ error: z.string() });

/** Redeems a code (RFC 6749, 4.1.3). Throws `unauthenticated` for one that is not good, `throttled`, `unavailable`. */
export const redeem = async (address: string, form: Readonly<Record<string, string>>): Promise<Tokens> => {
  const response = await post(address, form);
  const body = await response.json().catch(() => undefined);
  if (response.ok) return Tokens.parse(body);
  const { error } = Failure.catch({ error: `status ${response.status}` }).parse(body);
  const cause = new Error(`${address} answered ${error}.`);
  if (error === 'invalid_grant') {
    throw new AppError('unauthenticated', 'This login was used already or has taken too long: begin again.', { cause });
  }
  if (response.status === TOO_MANY) {
    throw new AppError('throttled', 'The login server has too much to do. Try again in a moment.', { cause });
  }
  if (response.status >= 500) throw away(cause);
  throw cause;
};

const post = async (address: string, form: Readonly<Record<string, string>>): Promise<Response> => {
  const body = new URLSearchParams(form);
  try {
    return await fetch(address, {
      method: 'POST',
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
  } catch (cause) {
    throw away(cause);
  }
};

const away = (cause: unknown): AppError =>
  new AppError('unavailable', 'The login server does not answer. Try again in a moment.', { cause });
