import {
  type CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';

const PASSWORD_LENGTH_LEAST = 8;
const READ = ['email', 'email_verified', 'given_name', 'family_name'];

/** A pool whose people log in by e-mail, with a client that has no secret and whose refresh tokens serve once. */
export const makeUserPool = async (cognito: CognitoIdentityProviderClient, name: string) => {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: name,
      UsernameAttributes: ['email'],
      Policies: {
        PasswordPolicy: {
          MinimumLength: PASSWORD_LENGTH_LEAST,
          RequireLowercase: false,
          RequireNumbers: false,
          RequireSymbols: false,
          RequireUppercase: false,
        },
      },
    }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: name,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      ReadAttributes: READ,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    }),
  );
  return { COGNITO_USER_POOL_ID: UserPoolId, COGNITO_CLIENT_ID: UserPoolClient?.ClientId ?? '' };
};
