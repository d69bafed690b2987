import { AppError, codeOf } from '../../../common/domain/errors.ts';
import type { Call, Reply, Transport } from './http.ts';
import { problemOf, textOf } from './problem.ts';
import type { TokenStore, Tokens } from './tokens.ts';

/** What login, register and refresh answer. */
export interface SessionReply {
  readonly user?: { readonly email: string };
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
}

/** A call that may have to go twice, so its body is made anew each time. */
export type Repeatable = (accessToken: string) => Call;

/** Renewed this long before it ends, so that an upload does not outlive it. */
const EARLY_MS = 10_000;
/** Well under the time after which the lock counts as left behind. */
const REFRESH_MS = 15_000;
const MAX_REPLY_BYTES = 64 * 1024;

const TOKEN_REFUSED = 'The access token that was given is not accepted. Get a new one, or log in.';

const loginFirst = (cause?: unknown): AppError =>
  new AppError('unauthenticated', 'Log in first: npm run assistant -- login', { cause });

export const tokensOf = (email: string, { accessToken, refreshToken, expiresIn }: SessionReply): Tokens => ({
  email,
  accessToken,
  refreshToken,
  expiresAt: Date.now() + expiresIn * 1000,
});

const askForTokens = async (transport: Transport, { email, refreshToken }: Tokens): Promise<Tokens> => {
  const reply = await transport.send({
    method: 'POST',
    path: '/v1/auth/refresh',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
    signal: AbortSignal.timeout(REFRESH_MS),
  });
  if (reply.status !== 200) throw await problemOf(reply);
  return tokensOf(email, JSON.parse(await textOf(reply.body, MAX_REPLY_BYTES)) as SessionReply);
};

/**
 * Sends calls in the name of whoever is logged in, and renews the access token when it has ended.
 * Throws `unauthenticated`, which says how to log in.
 */
export const authorized = (transport: Transport, tokens: TokenStore) => {
  const exchange = async (current: Tokens): Promise<Tokens> => {
    if (current.refreshToken === '') throw new AppError('unauthenticated', TOKEN_REFUSED);
    try {
      const fresh = await askForTokens(transport, current);
      await tokens.write(fresh);
      return fresh;
    } catch (error) {
      if (codeOf(error) !== 'unauthenticated') throw error;
      await tokens.clear();
      throw loginFirst(error);
    }
  };

  const renewed = (old: Tokens): Promise<Tokens> =>
    tokens.exclusively(async () => {
      const current = await tokens.read();
      if (current === undefined) throw loginFirst();
      // Another call, perhaps of another process, was here first.
      return current.accessToken === old.accessToken ? exchange(current) : current;
    });

  return async (call: Repeatable): Promise<Reply> => {
    const kept = await tokens.read();
    if (kept === undefined) throw loginFirst();
    const first = Date.now() > kept.expiresAt - EARLY_MS ? await renewed(kept) : kept;
    const reply = await transport.send(call(first.accessToken));
    if (reply.status !== 401) return reply;
    reply.discard();
    const second = await transport.send(call((await renewed(first)).accessToken));
    if (second.status !== 401) return second;
    second.discard();
    throw loginFirst();
  };
};
