import type { User } from '../../../common/domain/user.ts';
import type { Registration } from '../../../common/ports/identity.ts';
import { type SessionReply, tokensOf } from './authorized.ts';
import { json, type Line, openJson } from './calls.ts';
import type { TokenStore } from './tokens.ts';

/** The routes under /auth and /users/me. They keep the tokens that they are given. */
export const loginCalls = (line: Line, tokens: TokenStore) => {
  const enter = (path: string, body: { email: string; password: string }, signal: AbortSignal | undefined) =>
    tokens.exclusively(async () => {
      const session = await openJson<SessionReply>(line, { method: 'POST', path, body, signal });
      await tokens.write(tokensOf(body.email, session));
    });

  return {
    /** Makes an account and logs it in. Throws `conflict` when the e-mail is taken, `invalid`. */
    register: (person: Registration, signal?: AbortSignal): Promise<void> =>
      enter('/v1/auth/register', { ...person }, signal),

    /** Throws `unauthenticated`. */
    login: (email: string, password: string, signal?: AbortSignal): Promise<void> =>
      enter('/v1/auth/login', { email, password }, signal),

    /** Forgets the tokens here even when the server cannot be told. False when nobody was logged in. */
    logout: (): Promise<boolean> =>
      tokens.exclusively(async () => {
        const kept = await tokens.read();
        await tokens.clear();
        if (kept === undefined) return false;
        const body = { refreshToken: kept.refreshToken };
        await openJson(line, { method: 'POST', path: '/v1/auth/logout', body });
        return true;
      }),

    me: (signal?: AbortSignal): Promise<User> => json(line, { method: 'GET', path: '/v1/users/me', signal }),
  };
};
