import type { Reply } from '../http/reply.ts';

/** Bound to this host and to encrypted connections by its prefix; browsers take the own machine for encrypted. */
const NAME = '__Host-login';
const SECONDS = 600;
/** Lax: it comes along when the provider's page leads back. */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

export const loginCookie = (ticket: string): string => `${NAME}=${ticket}; Max-Age=${SECONDS}; ${ATTRIBUTES}`;

/** The ticket among a request's cookies; empty when there is none. @param cookies the Cookie header */
export const ticketIn = (cookies: string): string => {
  const given = cookies.split(';').map((cookie) => cookie.trim());
  return given.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1) ?? '';
};

/** The same reply; the browser forgets the ticket, which has served. */
export const forgettingTicket = <Value>(reply: Reply<Value>): Reply<Value> => ({
  ...reply,
  send(value, exchange) {
    exchange.response.append('Set-Cookie', `${NAME}=; Max-Age=0; ${ATTRIBUTES}`);
    return reply.send(value, exchange);
  },
});
