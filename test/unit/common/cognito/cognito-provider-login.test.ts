import assert from 'node:assert/strict';
import { cognitoProviderLogin } from '../../../../common/adapters/aws/cognito/cognito-provider-login.ts';
import { cognitoTokens } from '../../../../common/adapters/aws/cognito/cognito-tokens.ts';
import { CALLBACK, GRACE, logInAt, startAuthorizationServer } from '../../../support/authorization-server.ts';

const refused = { code: 'unauthenticated' };

describe('cognitoProviderLogin', () => {
  it('logs a person in with a code, and tells who it is', async () => {
    await using server = await startAuthorizationServer();
    const { address, ticket } = await server.logins.begin('google');
    const session = await server.logins.finish({ ticket, ...(await logInAt(address)) });
    assert.deepEqual(session.claims, {
      userId: GRACE.sub,
      email: 'grace@example.org',
      firstName: 'Grace',
      lastName: 'Hopper',
      emailVerified: true,
      provider: 'Google',
      cognitoUsername: 'Google_1234567890',
    });
    assert.equal(await cognitoTokens(server.pool).verify(session.accessToken), GRACE.sub);
    assert.ok(session.refreshToken !== '' && session.expiresIn === 3_600);
  });

  it('asks the pool for the provider, for no password page in between', async () => {
    await using server = await startAuthorizationServer();
    const asked = async (provider: 'google' | 'amazon') =>
      new URL((await server.logins.begin(provider)).address).searchParams.get('identity_provider');
    assert.deepEqual([await asked('google'), await asked('amazon')], ['Google', 'LoginWithAmazon']);
  });

  it('shows neither state nor verifier in the ticket, and makes new ones each time', async () => {
    await using server = await startAuthorizationServer();
    const [one, two] = [await server.logins.begin('google'), await server.logins.begin('google')];
    const stateOf = ({ address }: { address: string }) => new URL(address).searchParams.get('state') ?? '';
    assert.notEqual(stateOf(one), stateOf(two));
    const shown = one.ticket.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    assert.ok(!shown.join('').includes(stateOf(one)));
  });

  it('refuses the answer to a login that began in another browser', async () => {
    await using server = await startAuthorizationServer();
    const theirs = await server.logins.begin('google');
    const { ticket } = await server.logins.begin('google');
    const answer = await logInAt(theirs.address);
    await assert.rejects(server.logins.finish({ ...answer, ticket }), refused);
    await assert.rejects(server.logins.finish({ ...answer, ticket: '' }), refused);
    await assert.rejects(server.logins.finish({ ...answer, ticket: `${theirs.ticket.slice(0, -2)}xx` }), refused);
  });

  it('refuses a ticket that another secret has sealed', async () => {
    await using server = await startAuthorizationServer();
    const secret = 'another secret of thirty-two chars';
    const elsewhere = cognitoProviderLogin({ ...server.pool, domain: server.url, callbackUrl: CALLBACK, secret });
    const { address, ticket } = await elsewhere.begin('google');
    await assert.rejects(server.logins.finish({ ...(await logInAt(address)), ticket }), refused);
  });

  it('takes a code once, and only with the verifier that it was asked for with', async () => {
    await using server = await startAuthorizationServer();
    const { address, ticket } = await server.logins.begin('amazon');
    const answer = await logInAt(address);
    const other = await logInAt((await server.logins.begin('amazon')).address);
    await assert.rejects(server.logins.finish({ ...answer, code: other.code, ticket }), refused);
    await server.logins.finish({ ...answer, ticket });
    await assert.rejects(server.logins.finish({ ...answer, ticket }), refused);
  });

  it('says that the login server is away, and that it is not the code', async () => {
    await using server = await startAuthorizationServer();
    const { address, ticket } = await server.logins.begin('google');
    const answer = await logInAt(address);
    await server[Symbol.asyncDispose]();
    await assert.rejects(server.logins.finish({ ...answer, ticket }), { code: 'unavailable' });
  });

  it('keeps a wrong setting apart from a wrong code', async () => {
    await using server = await startAuthorizationServer();
    const { address, ticket } = await server.logins.begin('google');
    const secret = 'a secret of thirty-two characters';
    const pool = { ...server.pool, clientId: 'mistyped' };
    const mistyped = cognitoProviderLogin({ ...pool, domain: server.url, callbackUrl: CALLBACK, secret });
    await assert.rejects(mistyped.finish({ ...(await logInAt(address)), ticket }), /invalid_client/);
  });
});
