import type { Ports } from '../../common/ports/ports.ts';
import { jsonBody } from '../http/body.ts';
import { json, nothing } from '../http/reply.ts';
import { route } from '../route.ts';
import type { Guard, RegistrationGuard } from './attempts.ts';
import { admitted, loggedIn, profileOf } from './profile.ts';
import { Credentials, NewPerson, RefreshToken, Session } from './schemas.ts';

type AuthPorts = Pick<Ports, 'identity' | 'users'>;

const logIn = async (ports: AuthPorts, email: string, password: string) =>
  loggedIn(ports, await ports.identity.login(email, password));

export const register = (ports: AuthPorts, guard: RegistrationGuard) =>
  route({
    summary: 'Register, and log in',
    access: 'public',
    body: jsonBody(NewPerson),
    reply: json(Session, { status: 201, description: 'Registered' }),
    problems: ['conflict', 'throttled', 'storage_full'],
    async handle({ body, address }) {
      const claims = await guard(address, () => ports.identity.register(body));
      await profileOf(ports, claims);
      return logIn(ports, body.email, body.password);
    },
  });

export const login = (ports: AuthPorts, guard: Guard) =>
  route({
    summary: 'Log in',
    access: 'public',
    body: jsonBody(Credentials),
    reply: json(Session),
    problems: ['unauthenticated', 'forbidden', 'throttled', 'storage_full'],
    handle: ({ body: { email, password }, address }) => guard({ address, email }, () => logIn(ports, email, password)),
  });

export const refresh = (ports: AuthPorts) =>
  route({
    summary: 'Change a refresh token for new tokens',
    access: 'public',
    body: jsonBody(RefreshToken),
    reply: json(Session),
    problems: ['unauthenticated', 'forbidden', 'storage_full'],
    async handle({ body: { refreshToken } }) {
      const session = await ports.identity.refresh(refreshToken);
      return { ...session, user: await admitted(ports, session) };
    },
  });

export const logout = ({ identity }: Pick<Ports, 'identity'>) =>
  route({
    summary: 'End the session of a refresh token',
    access: 'public',
    body: jsonBody(RefreshToken),
    reply: nothing(204, 'It is over, or never was'),
    problems: ['storage_full'],
    handle: ({ body: { refreshToken } }) => identity.logout(refreshToken),
  });
