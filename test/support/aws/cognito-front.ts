import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JWK } from 'jose';
import { type Listening, listening } from '../listening.ts';
import { type Answer, refreshTokens } from './refresh-tokens.ts';

/** Passwords of Cognito may have 256 characters; moto's fewer than this, by default 99. */
const LONGER_THAN_ANY = 257;

export interface FrontSettings {
  /** moto's address. */
  readonly behind: string;
  /** More keys that the pools sign with. */
  readonly keys?: readonly JWK[];
  /** 0: any that is free. */
  readonly port?: number;
}

/**
 * moto's user pools with what they lack: rotation of refresh tokens, their revocation, long passwords. It asks moto one
 * thing at a time: as a service would, and moto would not, it never shows half a change.
 */
export const startCognitoFront = async ({ behind, keys = [], port = 0 }: FrontSettings): Promise<Listening> => {
  let turn: Promise<unknown> = Promise.resolve();
  const ask = (request: IncomingMessage, operation: string, body: unknown): Promise<Answer> => {
    const asked = turn.then(() => forward(behind, request, { operation, body: JSON.stringify(body) }));
    turn = asked.catch(() => undefined);
    return asked;
  };
  const tokens = refreshTokens();

  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    if (request.method === 'GET') return withKeys(await forward(behind, request, {}), keys);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const body = JSON.parse(await text(request));
    return tokens.answer(operation, body, (asked, its) => ask(request, asked, mended(asked, its)));
  };

  const server = createServer((request, response) => {
    answerTo(request).then(
      ({ status, body }) => {
        response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      },
      () => response.writeHead(502).end(),
    );
  });
  return listening(server, port);
};

const forward = async (
  behind: string,
  request: IncomingMessage,
  { operation, body }: { operation?: string; body?: string },
): Promise<Answer> => {
  const { authorization } = request.headers;
  const response = await fetch(new URL(request.url ?? '/', behind), {
    method: request.method ?? 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      ...(operation !== undefined && { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}` }),
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    ...(body !== undefined && { body }),
  });
  const said = await response.text();
  return { status: response.status, body: said.startsWith('{') ? JSON.parse(said) : {} };
};

const mended = (operation: string, body: Answer['body']): Answer['body'] => {
  if (operation !== 'CreateUserPool') return body;
  const policy = { ...body['Policies']?.PasswordPolicy, MaximumLength: LONGER_THAN_ANY };
  return { ...body, Policies: { PasswordPolicy: policy } };
};

const withKeys = ({ status, body }: Answer, keys: readonly JWK[]): Answer => ({
  status,
  body: Array.isArray(body['keys']) ? { ...body, keys: [...body['keys'], ...keys] } : body,
});
