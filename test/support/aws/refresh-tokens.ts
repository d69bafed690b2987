import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON that belongs to others
  readonly body: Readonly<Record<string, any>>;
}
type Ask = (operation: string, body: Answer['body']) => Promise<Answer>;

interface Token {
  /** moto's own, behind a whole session. */
  readonly session: string;
  readonly clientId: string;
  state: 'fresh' | 'rotated' | 'revoked';
}

const TOKENS_AT_MOST = 100_000;

/**
 * Refresh tokens of a client with rotation and no grace period, as Cognito documents them: each serves once, coming again
 * is RefreshTokenReuseException; revoking one leaves the others alone, which is all that is promised.
 */
export const refreshTokens = () => {
  const known = new LRUCache<string, Token>({ max: TOKENS_AT_MOST });
  const issue = (session: string, clientId: string): string => {
    const token = randomBytes(48).toString('base64url');
    known.set(token, { session, clientId, state: 'fresh' });
    return token;
  };

  const logIn = async (operation: string, body: Answer['body'], ask: Ask): Promise<Answer> => {
    const answer = await ask(operation, body);
    const result = answer.body['AuthenticationResult'];
    if (result?.RefreshToken === undefined) return answer;
    const RefreshToken = issue(result.RefreshToken, body['ClientId']);
    return { ...answer, body: { ...answer.body, AuthenticationResult: { ...result, RefreshToken } } };
  };

  const renew = async ({ RefreshToken, ClientId }: Answer['body'], ask: Ask): Promise<Answer> => {
    const token = known.get(RefreshToken);
    if (token?.clientId !== ClientId) return failure('NotAuthorizedException', 'Invalid Refresh Token');
    if (token?.state === 'rotated') return failure('RefreshTokenReuseException', 'Refresh Token has been rotated');
    if (token?.state !== 'fresh') return failure('NotAuthorizedException', 'Refresh Token has been revoked');
    token.state = 'rotated';
    const answer = await ask('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: token.session },
    });
    // moto stumbles over a person who is gone
    if (answer.status !== 200) return failure('NotAuthorizedException', 'Refresh Token has been revoked');
    const result = { ...answer.body['AuthenticationResult'], RefreshToken: issue(token.session, ClientId) };
    return { status: 200, body: { AuthenticationResult: result } };
  };

  const revoke = ({ Token, ClientId }: Answer['body']): Answer => {
    const token = known.get(Token);
    if (token === undefined) return failure('InvalidParameterException', 'Invalid token');
    if (token.clientId !== ClientId) return failure('UnauthorizedException', 'Not issued to this client');
    token.state = 'revoked';
    return { status: 200, body: {} };
  };

  return {
    answer(operation: string, body: Answer['body'], ask: Ask): Promise<Answer> {
      if (operation === 'GetTokensFromRefreshToken') return renew(body, ask);
      if (operation === 'RevokeToken') return Promise.resolve(revoke(body));
      return logIn(operation, body, ask);
    },
  };
};

const failure = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } });
