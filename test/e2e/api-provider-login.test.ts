import assert from 'node:assert/strict';
import { type TemporaryApi, temporaryApi } from '../support/api.ts';
import { type AuthorizationServer, GRACE, logInAt, startAuthorizationServer } from '../support/authorization-server.ts';

describe('logins by Google and Amazon', () => {
  let server: AuthorizationServer;
  let api: TemporaryApi;

  before(async function () {
    this.timeout(20_000);
    server = await startAuthorizationServer();
    api = await temporaryApi({ around: (ports) => ({ ...ports, logins: server.logins }) });
  });
  after(async () => {
    await api[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const begin = async () => {
    const { status, headers } = await api.call('GET /v1/auth/providers/{provider}', { params: { provider: 'google' } });
    assert.equal(status, 302);
    return { address: headers.get('Location') ?? '', cookie: headers.get('Set-Cookie') ?? '' };
  };
  /** As a browser sends it back. */
  const sent = (cookie: string) => ({ Cookie: `other=1; ${cookie.split(';')[0]}` });
  const comeBack = (query: Record<string, string>, headers = {}) =>
    api.call('GET /v1/auth/callback', { query, headers });

  it('leads to the provider, comes back, and answers like a login', async () => {
    const { address, cookie } = await begin();
    const { status, body, headers } = await comeBack({ ...(await logInAt(address)) }, sent(cookie));
    assert.equal(status, 200);
    assert.equal(headers.get('Cache-Control'), 'no-store');
    assert.match(headers.get('Set-Cookie') ?? '', /Max-Age=0/);
    assert.deepEqual(
      [body.user.userId, body.user.email, body.user.provider],
      [GRACE.sub, 'grace@example.org', 'Google'],
    );
    assert.deepEqual([body.user.metadata.registrationSource, body.user.loginCount], ['google', 1]);
    assert.ok(body.accessToken && body.refreshToken);
  });

  it('counts each login, and takes up what the provider tells anew', async () => {
    server.person = { ...GRACE, family_name: 'Brewster', email_verified: false };
    const { address, cookie } = await begin();
    const { body } = await comeBack({ ...(await logInAt(address)) }, sent(cookie));
    server.person = GRACE;
    assert.deepEqual(
      [body.user.lastName, body.user.metadata.emailVerified, body.user.loginCount],
      ['Brewster', false, 2],
    );
  });

  it('gives the browser a ticket that scripts and other sites cannot have', async () => {
    const attributes = (await begin()).cookie.split('; ').slice(1);
    assert.deepEqual(attributes, ['Max-Age=600', 'Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']);
  });

  it('refuses an answer without the ticket, or with the ticket of another login', async () => {
    const mine = await begin();
    const theirs = await begin();
    const answer = await logInAt(theirs.address);
    assert.equal((await comeBack(answer)).status, 401);
    assert.equal((await comeBack(answer, sent(mine.cookie))).status, 401);
    assert.equal((await comeBack({ code: answer.code }, sent(theirs.cookie))).status, 401);
  });

  it('tells why the provider let nobody in', async () => {
    const { cookie } = await begin();
    const why = { error: 'access_denied', error_description: 'The person said no', state: 'x' };
    const { status, body } = await comeBack(why, sent(cookie));
    assert.deepEqual([status, body.code], [401, 'unauthenticated']);
    assert.match(body.detail, /The person said no/);
  });

  it('shuts out who was made inactive', async () => {
    await api.home.ports.users.change(GRACE.sub, { isActive: false });
    const { address, cookie } = await begin();
    assert.equal((await comeBack({ ...(await logInAt(address)) }, sent(cookie))).status, 403);
  });

  it('knows no other providers', async () => {
    const { status } = await api.call('GET /v1/auth/providers/{provider}', { params: { provider: 'example' } });
    assert.equal(status, 404);
  });
});

describe('logins by Google and Amazon, where there are none', () => {
  it('says so, and what to do', async () => {
    await using api = await temporaryApi();
    const { status, body } = await api.call('GET /v1/auth/providers/{provider}', { params: { provider: 'google' } });
    assert.deepEqual([status, body.code], [404, 'not_found']);
    assert.match(body.detail, /register, or log in with your password/);
    const query = { code: 'a code', state: 'a state' };
    assert.equal((await api.call('GET /v1/auth/callback', { query })).status, 404);
  });
});
