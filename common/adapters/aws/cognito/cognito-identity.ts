import {
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminUserGlobalSignOutCommand,
  type AuthenticationResultType,
  type CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  ListUsersCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { AppError } from '../../../domain/errors.ts';
import type { Identity, Session } from '../../../ports/identity.ts';
import { claimsOf } from './claims.ts';
import { cognitoErrorOf, isNamed, STRANGER } from './cognito-errors.ts';
import { type Pool, poolTokens } from './pool-tokens.ts';
import { register } from './registration.ts';

interface Settings extends Pool {
  readonly client: CognitoIdentityProviderClient;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const WRONG = 'The e-mail or the password is wrong.';
const OVER = 'The session is over or was used elsewhere: log in again.';
/** What one logs out with that is no refresh token of ours, or is one no more. */
const NO_SESSION = ['NotAuthorizedException', 'UnauthorizedException', 'InvalidParameterException'];
const NO_TOKEN = ['RefreshTokenReuseException', 'InvalidParameterException', ...STRANGER];

/**
 * A user pool whose people log in with their e-mail. Of its app client it asks: no secret, ADMIN_USER_PASSWORD_AUTH, so
 * that only we log people in and nobody goes round our limits; errors that do not tell who exists; token revocation; and
 * rotation of refresh tokens without a grace period, or else a refresh token serves until it expires. Cognito refuses a
 * rotated token that comes again, but does not promise to end its successors: we ask for it.
 */
export const cognitoIdentity = ({ client, now = Date.now, ...pool }: Settings): Identity => {
  const { userPoolId, clientId } = pool;
  const verified = poolTokens(pool, 'id');

  const sessionOf = async (given: AuthenticationResultType | undefined, refreshToken: string): Promise<Session> => ({
    accessToken: given?.AccessToken ?? '',
    expiresIn: given?.ExpiresIn ?? 0,
    refreshToken: given?.RefreshToken ?? refreshToken,
    claims: claimsOf(await verified(given?.IdToken ?? '')),
  });

  const login = async (email: string, password: string): Promise<Session> => {
    if (password === '') throw new AppError('unauthenticated', WRONG);
    const { AuthenticationResult, ChallengeName } = await client
      .send(
        new AdminInitiateAuthCommand({
          UserPoolId: userPoolId,
          ClientId: clientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: email, PASSWORD: password },
        }),
      )
      .catch((error: unknown) => {
        throw refusedLogin(error);
      });
    if (ChallengeName !== undefined) throw new AppError('unauthenticated', challenged(ChallengeName));
    return sessionOf(AuthenticationResult, '');
  };

  const logout = async (refreshToken: string): Promise<void> => {
    try {
      await client.send(new RevokeTokenCommand({ ClientId: clientId, Token: refreshToken }));
    } catch (error) {
      if (!isNamed(error, 'UnsupportedTokenTypeException', ...NO_SESSION)) throw error;
    }
  };

  const refresh = async (refreshToken: string): Promise<Session> => {
    try {
      const request = { ClientId: clientId, RefreshToken: refreshToken };
      const { AuthenticationResult } = await client.send(new GetTokensFromRefreshTokenCommand(request));
      return await sessionOf(AuthenticationResult, refreshToken);
    } catch (cause) {
      if (isNamed(cause, 'RefreshTokenReuseException')) await logout(refreshToken);
      if (isNamed(cause, ...NO_TOKEN)) throw new AppError('unauthenticated', OVER, { cause });
      throw cause;
    }
  };

  const remove = async (userId: string): Promise<void> => {
    const Filter = `sub = ${JSON.stringify(userId)}`;
    const { Users } = await client.send(new ListUsersCommand({ UserPoolId: userPoolId, Filter, Limit: 1 }));
    // The list may lag behind; a user of the pool itself is called by the sub, those from elsewhere are not.
    const user = { UserPoolId: userPoolId, Username: Users?.[0]?.Username ?? userId };
    try {
      await client.send(new AdminUserGlobalSignOutCommand(user));
      await client.send(new AdminDeleteUserCommand(user));
    } catch (error) {
      if (!isNamed(error, 'UserNotFoundException')) throw error;
    }
  };

  return {
    register: (person) => inOurWords(register({ client, userPoolId, clientId, now }, person)),
    login: (email, password) => inOurWords(login(email, password)),
    refresh: (refreshToken) => inOurWords(refresh(refreshToken)),
    logout: (refreshToken) => inOurWords(logout(refreshToken)),
    remove: (userId) => inOurWords(remove(userId)),
  };
};

const inOurWords = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw cognitoErrorOf(error);
  }
};

/** Who is unknown, or shut out at Cognito, hears the same as one with a wrong password. */
const refusedLogin = (cause: unknown): unknown => {
  if (isNamed(cause, 'UserNotConfirmedException')) {
    return new AppError('unauthenticated', 'This account was never confirmed; ask an administrator to do so.', {
      cause,
    });
  }
  if (isNamed(cause, 'PasswordResetRequiredException')) {
    return new AppError('unauthenticated', 'This account needs a new password; ask an administrator for one.', {
      cause,
    });
  }
  const known = cognitoErrorOf(cause);
  return isNamed(known, ...STRANGER) ? new AppError('unauthenticated', WRONG, { cause }) : known;
};

const challenged = (challenge: string): string =>
  challenge === 'NEW_PASSWORD_REQUIRED'
    ? 'This account is not finished: register again with the same e-mail and password, or ask an administrator.'
    : `This account asks for one more step (${challenge}), which cannot be done here; ask an administrator.`;
