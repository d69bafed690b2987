import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { AppError } from '../../../domain/errors.ts';
import type { Claims } from '../../../domain/user.ts';
import type { Registration } from '../../../ports/identity.ts';
import { claimsOf } from './claims.ts';
import { isNamed, STRANGER } from './cognito-errors.ts';

export interface Accounts {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Account {
  readonly username: string;
  readonly attributes: readonly AttributeType[];
}

/** Until then it is another registration that is still at work. */
const UNFINISHED_AFTER_MS = 60_000;
const REFUSED = ['InvalidPasswordException', 'InvalidParameterException', 'PasswordHistoryPolicyViolationException'];

/**
 * Makes a user with the password as a temporary one, then makes it permanent. Who crashed in between finishes by
 * registering again with the same password: Cognito itself checks that it is the temporary one, so that nobody takes
 * over an account which somebody else began, or which an administrator made for another person.
 */
export const register = async (accounts: Accounts, person: Registration): Promise<Claims> => {
  const { email, password } = person;
  const created = await create(accounts, person);
  const account = created ?? (await unfinished(accounts, person));
  if (account === undefined) throw new AppError('conflict', `There is an account for ${email} already: log in.`);
  const user = { UserPoolId: accounts.userPoolId, Username: account.username };
  try {
    await accounts.client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  } catch (error) {
    if (created && isNamed(error, ...REFUSED)) await accounts.client.send(new AdminDeleteUserCommand(user));
    throw refusalOf(error);
  }
  const attributes = account.attributes.map(({ Name, Value }) => [Name, Value]);
  return claimsOf({ ...Object.fromEntries(attributes), 'cognito:username': account.username });
};

/** Undefined where the e-mail is taken. */
const create = async (
  { client, userPoolId }: Accounts,
  { email, password, firstName, lastName }: Registration,
): Promise<Account | undefined> => {
  const attributes = { email, email_verified: 'false', given_name: firstName, family_name: lastName };
  try {
    const { User } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId: userPoolId,
        Username: email,
        TemporaryPassword: password,
        MessageAction: 'SUPPRESS',
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      }),
    );
    return { username: User?.Username ?? email, attributes: User?.Attributes ?? [] };
  } catch (error) {
    if (isNamed(error, 'UsernameExistsException', 'AliasExistsException')) return undefined;
    throw refusalOf(error);
  }
};

/** The account that an earlier registration with this password left behind. */
const unfinished = async (
  { client, userPoolId, clientId, now }: Accounts,
  { email, password }: Registration,
): Promise<Account | undefined> => {
  const pool = { UserPoolId: userPoolId };
  try {
    const user = await client.send(new AdminGetUserCommand({ ...pool, Username: email }));
    const age = now() - (user.UserCreateDate?.getTime() ?? 0);
    if (user.UserStatus !== 'FORCE_CHANGE_PASSWORD' || age < UNFINISHED_AFTER_MS) return undefined;
    const { ChallengeName } = await client.send(
      new AdminInitiateAuthCommand({
        ...pool,
        ClientId: clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    if (ChallengeName !== 'NEW_PASSWORD_REQUIRED') return undefined;
    return { username: user.Username ?? email, attributes: user.UserAttributes ?? [] };
  } catch (error) {
    if (isNamed(error, ...STRANGER)) return undefined; // another password, or gone meanwhile
    throw error;
  }
};

/** With Cognito's own sentence: it says what is missing. */
const refusalOf = (error: unknown): unknown =>
  isNamed(error, ...REFUSED)
    ? new AppError('invalid', `This registration is refused: ${error.message}`, { cause: error })
    : error;
