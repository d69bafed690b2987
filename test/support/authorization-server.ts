import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { cognitoProviderLogin } from '../../common/adapters/aws/cognito/cognito-provider-login.ts';
import type { Pool } from '../../common/adapters/aws/cognito/pool-tokens.ts';
import type { ProviderLogin } from '../../common/ports/provider-login.ts';
import { listening } from './listening.ts';
import { type TestKey, testKey } from './test-key.ts';

export interface AuthorizationServer extends AsyncDisposable {
  readonly url: string;
  readonly pool: Pool;
  /** Who is logged in there: claims of the next ID token. */
  person: Readonly<Record<string, unknown>>;
  readonly logins: ProviderLogin;
}

interface Granted {
  readonly redirect: string;
  readonly challenge: string;
}

export const CALLBACK = 'https://assistant.example.org/v1/auth/callback';
export const GRACE = {
  sub: '0b7f1e5c-6f0e-4a3b-9c39-3f5f6f0f2b11',
  email: 'Grace@Example.org',
  email_verified: true,
  given_name: 'Grace',
  family_name: 'Hopper',
  'cognito:username': 'Google_1234567890',
  identities: [{ providerName: 'Google', userId: '1234567890', primary: 'true' }],
};

/** The login pages of a user pool, without pages: who comes is logged in. As strict as RFC 6749 and 7636 ask. */
export const startAuthorizationServer = async (): Promise<AuthorizationServer> => {
  const key = await testKey('of the login server');
  const clientId = 'the app client';
  const userPoolId = 'eu-central-1_Example';
  const codes = new Map<string, Granted>();

  const authorize = (query: URLSearchParams) => {
    const wanted = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      code_challenge_method: 'S256',
    };
    const wrong = Object.entries(wanted).find(([name, value]) => query.get(name) !== value);
    if (wrong || !['Google', 'LoginWithAmazon'].includes(query.get('identity_provider') ?? '')) return { status: 400 };
    const code = randomUUID();
    codes.set(code, { redirect: CALLBACK, challenge: query.get('code_challenge') ?? '' });
    const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
    return { status: 302, headers: { Location: `${CALLBACK}?${answer}` } };
  };

  const redeem = async (form: URLSearchParams) => {
    const granted = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = granted?.challenge === challenge && granted.redirect === form.get('redirect_uri');
    if (form.get('client_id') !== clientId) return { status: 400, body: { error: 'invalid_client' } };
    if (!fits || form.get('grant_type') !== 'authorization_code')
      return { status: 400, body: { error: 'invalid_grant' } };
    return { status: 200, body: await tokensFor(server.person, { key, clientId, userPoolId }) };
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    if (pathname === '/oauth2/authorize') return authorize(searchParams);
    if (pathname === '/oauth2/token') return redeem(new URLSearchParams(await text(request)));
    return { status: 200, body: { keys: [key.jwk] } };
  };

  const { url, [Symbol.asyncDispose]: dispose } = await listening(
    createServer((request, response) => {
      answer(request).then(({ status, headers, body }) =>
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body)),
      );
    }),
  );
  const pool = { userPoolId, clientId, jwksUrl: `${url}/keys` };
  const secret = 'a secret of thirty-two characters';
  const server: AuthorizationServer = {
    url,
    pool,
    person: GRACE,
    logins: cognitoProviderLogin({ ...pool, domain: url, callbackUrl: CALLBACK, secret }),
    [Symbol.asyncDispose]: dispose,
  };
  return server;
};

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const tokensFor = async (
  person: AuthorizationServer['person'],
  { key, clientId, userPoolId }: { key: TestKey; clientId: string; userPoolId: string },
) => {
  const iss = `https://cognito-idp.eu-central-1.amazonaws.com/${userPoolId}`;
  const { sub } = GRACE;
  return {
    access_token: await key.sign({ iss, sub, client_id: clientId, token_use: 'access' }),
    id_token: await key.sign({ iss, sub, aud: clientId, token_use: 'id', ...person }),
    refresh_token: randomUUID(),
    expires_in: 3_600,
    token_type: 'Bearer',
  };
};

/** What a browser does at an address: logs in, and is led back. */
export const logInAt = async (address: string): Promise<{ code: string; state: string }> => {
  const response = await fetch(address, { redirect: 'manual' });
  const back = new URL(response.headers.get('Location') ?? '', address);
  return { code: back.searchParams.get('code') ?? '', state: back.searchParams.get('state') ?? '' };
};
