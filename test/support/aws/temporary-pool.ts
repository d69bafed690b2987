import { randomUUID } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  type PasswordPolicyType,
} from '@aws-sdk/client-cognito-identity-provider';
import { clientSettings } from '../../../common/adapters/aws/clients.ts';
import { type TestKey, testKey } from '../test-key.ts';
import { startCognitoFront } from './cognito-front.ts';

export interface TemporaryPool extends AsyncDisposable {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly jwksUrl: string;
  readonly issuer: string;
  /** Signs tokens that the pool takes for its own. */
  readonly sign: TestKey['sign'];
}

/** As the adapter asks for: e-mails are what people log in with, the client has no secret and rotates. */
const ATTRIBUTES = ['email', 'email_verified', 'given_name', 'family_name'];
const LENIENT: PasswordPolicyType = {
  MinimumLength: 8,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
  RequireUppercase: false,
};

export const temporaryPool = async ({
  policy = LENIENT,
}: {
  policy?: PasswordPolicyType;
} = {}): Promise<TemporaryPool> => {
  const behind = process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'];
  if (behind === undefined) throw new Error('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER names no server.');
  await using stack = new AsyncDisposableStack();
  const key = await testKey('of the pool');
  const front = stack.use(await startCognitoFront({ behind, keys: [key.jwk] }));
  const client = new CognitoIdentityProviderClient({ ...clientSettings(), endpoint: front.url });
  stack.defer(() => client.destroy());
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({
      PoolName: randomUUID(),
      UsernameAttributes: ['email'],
      Policies: { PasswordPolicy: policy },
    }),
  );
  const userPoolId = UserPool?.Id ?? '';
  stack.defer(async () => void (await client.send(new DeleteUserPoolCommand({ UserPoolId: userPoolId }))));
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: 'api',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      ReadAttributes: ATTRIBUTES,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    }),
  );
  const owned = stack.move();
  return {
    client,
    userPoolId,
    clientId: UserPoolClient?.ClientId ?? '',
    jwksUrl: `${front.url}/${userPoolId}/.well-known/jwks.json`,
    issuer: `https://cognito-idp.${userPoolId.split('_')[0]}.amazonaws.com/${userPoolId}`,
    sign: key.sign,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
