import assert from 'node:assert/strict';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { clientSettings } from '../../../../common/adapters/aws/clients.ts';
import { cognitoIdentity } from '../../../../common/adapters/aws/cognito/cognito-identity.ts';
import { ada, PASSWORD } from '../../../contract/identity.people.ts';
import { type TemporaryPool, temporaryPool } from '../../../support/aws/temporary-pool.ts';

const MINUTE_MS = 60_000;
const later = (ms: number) => () => Date.now() + ms;

/** What a registration leaves behind that crashes half way, or an administrator who invites somebody. */
const halfARegistration = ({ client, userPoolId }: TemporaryPool, temporaryPassword: string) =>
  client.send(
    new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: ada.email,
      TemporaryPassword: temporaryPassword,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: ada.email },
        { Name: 'given_name', Value: ada.firstName },
        { Name: 'family_name', Value: ada.lastName },
      ],
    }),
  );

describe('cognitoIdentity', () => {
  it('finishes a registration that crashed, for who knows its password', async () => {
    await using pool = await temporaryPool();
    await halfARegistration(pool, PASSWORD);
    const identity = cognitoIdentity({ ...pool, now: later(2 * MINUTE_MS) });
    await assert.rejects(identity.login(ada.email, PASSWORD), {
      code: 'unauthenticated',
      message: /register again with the same e-mail and password/,
    });
    const claims = await identity.register(ada);
    assert.deepEqual((await identity.login(ada.email, PASSWORD)).claims, claims);
    await assert.rejects(identity.register(ada), { code: 'conflict' });
  });

  it('leaves an account to its owner that somebody else knows no password of', async () => {
    await using pool = await temporaryPool();
    await halfARegistration(pool, 'the temporary 1 of the invitation');
    const identity = cognitoIdentity({ ...pool, now: later(2 * MINUTE_MS) });
    await assert.rejects(identity.register(ada), { code: 'conflict' });
    await assert.rejects(identity.login(ada.email, PASSWORD), { code: 'unauthenticated' });
  });

  it('does not take a registration that is still at work for one that crashed', async () => {
    await using pool = await temporaryPool();
    await halfARegistration(pool, PASSWORD);
    await assert.rejects(cognitoIdentity(pool).register(ada), { code: 'conflict' });
  });

  it("refuses a password that the pool's policy does not allow, in Cognito's words, and leaves nobody behind", async () => {
    await using pool = await temporaryPool({ policy: { MinimumLength: 12, RequireSymbols: true } });
    const identity = cognitoIdentity(pool);
    await assert.rejects(identity.register({ ...ada, password: 'short 1 A' }), {
      code: 'invalid',
      message: /configured password policy/,
    });
    await identity.register(ada);
  });

  it('keeps what was registered as attributes, the e-mail unverified', async () => {
    await using pool = await temporaryPool();
    const { userId, emailVerified } = await cognitoIdentity(pool).register(ada);
    assert.equal(emailVerified, false);
    const request = { UserPoolId: pool.userPoolId, Username: ada.email };
    const { UserAttributes = [] } = await pool.client.send(new AdminGetUserCommand(request));
    assert.deepEqual(Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])), {
      sub: userId,
      email: ada.email,
      email_verified: 'false',
      given_name: ada.firstName,
      family_name: ada.lastName,
    });
  });

  it('refuses who must choose a new password first', async () => {
    await using pool = await temporaryPool();
    const identity = cognitoIdentity(pool);
    await identity.register(ada);
    const request = { UserPoolId: pool.userPoolId, Username: ada.email, Password: PASSWORD, Permanent: false };
    await pool.client.send(new AdminSetUserPasswordCommand(request));
    await assert.rejects(identity.login(ada.email, PASSWORD), { code: 'unauthenticated', message: /not finished/ });
  });

  it('shows a pool that is not there as a fault of ours, and a server that is away as unavailable', async () => {
    await using pool = await temporaryPool();
    const mistyped = cognitoIdentity({ ...pool, userPoolId: 'us-east-1_Nowhere' });
    await assert.rejects(mistyped.login(ada.email, PASSWORD), { name: 'ResourceNotFoundException' });
    const away = new CognitoIdentityProviderClient({
      ...clientSettings(),
      endpoint: 'http://127.0.0.1:9',
      maxAttempts: 1,
    });
    await assert.rejects(cognitoIdentity({ ...pool, client: away }).login(ada.email, PASSWORD), {
      code: 'unavailable',
    });
    away.destroy();
  });
});
