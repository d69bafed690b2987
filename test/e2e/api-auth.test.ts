import assert from 'node:assert/strict';
import { PASSWORD, type TemporaryApi, temporaryApi } from '../support/api.ts';

const PERSON = { email: 'ada@example.org', password: PASSWORD, firstName: 'Ada', lastName: 'Lovelace' };

describe('accounts', () => {
  let api: TemporaryApi;

  before(async function () {
    this.timeout(20_000);
    api = await temporaryApi();
  });
  after(() => api[Symbol.asyncDispose]());

  const login = (email: string, password: string) => api.call('POST /v1/auth/login', { json: { email, password } });

  it('makes the first person administrator, and nobody after', async () => {
    assert.equal((await api.person()).user.role, 'admin');
    assert.equal((await api.person()).user.role, 'user');
  });

  it('keeps an e-mail trimmed and in lower case, and one account for it', async () => {
    const first = await api.call('POST /v1/auth/register', { json: { ...PERSON, email: ' Ada@Example.ORG ' } });
    assert.equal(first.body.user.email, 'ada@example.org');
    const second = await api.call('POST /v1/auth/register', { json: PERSON });
    assert.deepEqual([second.status, second.body.code], [409, 'conflict']);
    assert.equal((await login('ADA@example.org', PASSWORD)).status, 200);
  });

  it('names every fault of a registration', async () => {
    const json = { email: 'ada', password: 'short', firstName: ' ', surname: 'L' };
    const { status, body } = await api.call('POST /v1/auth/register', { json });
    assert.equal(status, 400);
    for (const fault of ['email', 'password', 'firstName', 'lastName', 'surname'])
      assert.match(body.detail, RegExp(fault));
  });

  it('counts logins, and tells the last', async () => {
    const { user } = await api.person();
    const { body } = await login(user.email, PASSWORD);
    assert.equal(body.user.loginCount, user.loginCount + 1);
    assert.ok(body.user.lastLoginAt >= (user.lastLoginAt ?? ''));
  });

  it('answers an unknown e-mail like a wrong password', async () => {
    const { user } = await api.person();
    const wrong = await login(user.email, 'a wrong password');
    const unknown = await login('nobody@example.org', 'a wrong password');
    assert.deepEqual([wrong.status, wrong.body.detail], [401, unknown.body.detail]);
  });

  it('slows down who guesses a password, and tells when to come again', async function () {
    this.timeout(20_000);
    const { user } = await api.person();
    for (let attempt = 1; attempt <= 10; attempt += 1)
      assert.equal((await login(user.email, `guess ${attempt}`)).status, 401);
    const { status, body, headers } = await login(user.email, PASSWORD);
    assert.deepEqual([status, body.code], [429, 'throttled']);
    const seconds = Number(headers.get('Retry-After'));
    assert.ok(seconds > 0 && seconds <= 15 * 60);
  });

  it('shuts out who was made inactive, once the password is right', async () => {
    const { user, token, refreshToken } = await api.person();
    await api.home.ports.users.change(user.userId, { isActive: false });
    assert.equal((await api.call('GET /v1/users/me', { token })).status, 401);
    assert.equal((await login(user.email, 'a wrong password')).status, 401);
    assert.equal((await login(user.email, PASSWORD)).status, 403);
    assert.equal((await api.call('POST /v1/auth/refresh', { json: { refreshToken } })).status, 403);
  });

  it('makes up a profile that a crash in the registration left out', async () => {
    await api.home.ports.identity.register({ ...PERSON, email: 'crashed@example.org' });
    const { status, body } = await login('crashed@example.org', PASSWORD);
    assert.deepEqual([status, body.user.firstName, body.user.loginCount], [200, 'Ada', 1]);
  });

  it('makes up one profile, however many log in at once', async () => {
    await api.home.ports.identity.register({ ...PERSON, email: 'twice@example.org' });
    const both = await Promise.all([login('twice@example.org', PASSWORD), login('twice@example.org', PASSWORD)]);
    const [first, second] = both.map(({ body }) => body.user);
    assert.deepEqual([first.userId, first.createdAt], [second.userId, second.createdAt]);
    assert.deepEqual([first.loginCount, second.loginCount].sort(), [1, 2]);
  });

  it('takes a refresh token once', async () => {
    const json = { refreshToken: (await api.person()).refreshToken };
    assert.equal((await api.call('POST /v1/auth/refresh', { json })).status, 200);
    assert.equal((await api.call('POST /v1/auth/refresh', { json })).status, 401);
  });

  it('changes what is named of a profile, and no more', async () => {
    const { token, user } = await api.person();
    const json = { firstName: 'Augusta', preferences: { language: 'en-GB' } };
    const { body } = await api.call('PATCH /v1/users/me', { token, json });
    assert.equal(body.firstName, 'Augusta');
    assert.equal(body.lastName, user.lastName);
    assert.deepEqual(body.preferences, { ...user.preferences, language: 'en-GB' });
    for (const wrong of [{ role: 'admin' }, { preferences: { language: '?' } }, { lastName: '' }]) {
      assert.equal((await api.call('PATCH /v1/users/me', { token, json: wrong })).status, 400);
    }
  });

  it('gives the deletion of an account to the index queue, and takes its tokens no more', async () => {
    const { token, user } = await api.person();
    const jobs = (await api.home.ports.queue.depth('index')).visible;
    assert.equal((await api.call('DELETE /v1/users/me', { token })).status, 202);
    assert.equal((await api.call('GET /v1/documents', { token })).status, 401);
    assert.equal((await login(user.email, PASSWORD)).status, 403);
    assert.equal((await api.home.ports.queue.depth('index')).visible, jobs + 1);
  });
});
