import { z } from 'zod';
import { AppError } from '../../common/domain/errors.ts';
import { LOGIN_PROVIDERS } from '../../common/domain/user.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json, type Reply } from '../http/reply.ts';
import { route } from '../route.ts';
import { text } from '../schemas.ts';
import { forgettingTicket, loginCookie, ticketIn } from './login-cookie.ts';
import { loggedIn } from './profile.ts';
import { Session } from './schemas.ts';

/** To the provider's page, with the ticket. */
const departure: Reply<{ address: string; ticket: string }> = {
  declared: {
    '302': {
      description: "To the provider's page; it leads back to /v1/auth/callback",
      headers: z.object({ Location: z.string(), 'Set-Cookie': z.string() }),
    },
  },
  async send({ address, ticket }, { response }) {
    response
      .status(302)
      .set({ Location: address, 'Set-Cookie': loginCookie(ticket), 'Cache-Control': 'no-store' })
      .end();
  },
};

export const beginProviderLogin = ({ logins }: Pick<Ports, 'logins'>) =>
  route({
    summary: 'Log in with Google or Amazon, in a browser',
    access: 'public',
    params: z.object({ provider: z.enum(LOGIN_PROVIDERS) }),
    reply: departure,
    handle: ({ params: { provider } }) => logins.begin(provider),
  });

const Answer = z.object({
  code: text(2_000).optional(),
  state: text(500).optional(),
  error: text(200).optional(),
  error_description: text(2_000).optional(),
});

export const finishProviderLogin = (ports: Pick<Ports, 'identity' | 'logins' | 'users'>) =>
  route({
    summary: 'Where the provider leads back to; answers like a login',
    access: 'public',
    query: Answer,
    reply: forgettingTicket(json(Session)),
    problems: ['unauthenticated', 'forbidden', 'not_found', 'throttled', 'storage_full'],
    async handle({ query: { code, state = '', error, error_description: why }, cookies }) {
      if (code === undefined) {
        throw new AppError(
          'unauthenticated',
          `The login did not succeed: ${why ?? error ?? 'it has no code'}. Try again.`,
        );
      }
      return loggedIn(ports, await ports.logins.finish({ ticket: ticketIn(cookies), state, code }));
    },
  });
