import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { formOf, type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';

const PUBLIC = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /openapi.json',
  'GET /v1/auth/providers/{provider}',
  'POST /v1/auth/login',
  'POST /v1/auth/logout',
  'POST /v1/auth/refresh',
  'POST /v1/auth/register',
  'PUT /v1/uploads/{token}/{partNumber}',
];

describe('who may ask', () => {
  let api: TemporaryApi;
  let owner: Person;
  let other: Person;
  let documentId: string;

  before(async function () {
    this.timeout(20_000);
    api = await temporaryApi();
    owner = await api.person('owner'); // the first: an administrator
    other = await api.person('other');
    documentId = (await api.upload(owner, 'secret.txt', 'for nobody else')).body.documentId;
  });
  after(() => api[Symbol.asyncDispose]());

  const addresses = (): string[] =>
    Object.entries(api.description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
  const ofDocuments = (): string[] => addresses().filter((address) => address.includes('/v1/documents/{id}'));
  /** A request that would succeed for the owner. */
  const proper = (address: string) =>
    address.startsWith('PUT') ? { form: formOf('a.txt', 'mine now') } : { json: {} };
  const call = (address: string, token: string | undefined, id: string) =>
    api.call(address, { token, params: { id }, ...(address.startsWith('GET') ? {} : proper(address)) });

  it('is open to anyone on the public addresses alone', async () => {
    const open: string[] = [];
    for (const address of addresses()) {
      const { status, headers } = await call(address, undefined, documentId);
      if (status !== 401) open.push(address);
      else if (!PUBLIC.includes(address)) assert.equal(headers.get('WWW-Authenticate'), 'Bearer');
    }
    assert.deepEqual(open.sort(), PUBLIC);
  });

  it('takes no token that is made up, cut or of another scheme', async () => {
    const [head, , signature] = owner.token.split('.');
    const forged = [head, Buffer.from(JSON.stringify({ sub: owner.user.userId })).toString('base64url'), signature];
    for (const token of ['x', forged.join('.'), owner.token.slice(0, -2), `${owner.token} ${owner.token}`]) {
      assert.equal((await api.call('GET /v1/users/me', { token })).status, 401);
    }
    const basic = { Authorization: `Basic ${owner.token}` };
    assert.equal((await api.call('GET /v1/users/me', { headers: basic })).status, 401);
  });

  it("answers another's document as one that is not there, on each of its addresses", async () => {
    assert.ok(ofDocuments().length >= 9);
    for (const address of ofDocuments()) {
      const anothers = await call(address, other.token, documentId);
      const nobodys = await call(address, other.token, randomUUID());
      assert.equal(anothers.status, 404, address);
      const { instance: _, ...said } = anothers.body;
      const { instance: __, ...saidOfNothing } = nobodys.body;
      assert.deepEqual(said, saidOfNothing);
    }
    assert.equal(
      (await api.call('GET /v1/documents/{id}', { token: owner.token, params: { id: documentId } })).status,
      200,
    );
  });

  it('answers an id that is none as one that is not there', async () => {
    for (const address of ofDocuments()) assert.equal((await call(address, other.token, '../etc')).status, 404);
  });

  it("keeps another's receipt to its owner", async () => {
    const { body } = await api.upload(owner, 'old.txt', 'old');
    const deletion = await api.call('DELETE /v1/documents/{id}', {
      token: owner.token,
      params: { id: body.documentId },
    });
    const params = { receiptId: deletion.body.receiptId };
    assert.equal((await api.call('GET /v1/deletions/{receiptId}', { token: owner.token, params })).status, 200);
    assert.equal((await api.call('GET /v1/deletions/{receiptId}', { token: other.token, params })).status, 404);
  });

  it('lists nothing of others', async () => {
    const { body } = await api.call('GET /v1/documents', { token: other.token });
    assert.deepEqual(body, { items: [] });
  });

  it('keeps operations to administrators', async () => {
    for (const address of addresses().filter((each) => each.includes('/v1/operations/'))) {
      const { status, body } = await api.call(address, { token: other.token, params: { stage: 'extract' } });
      assert.deepEqual([status, body.code], [403, 'forbidden'], address);
    }
  });

  it('refuses an address that there is not, and a method that it has not', async () => {
    const unknown = await fetch(`${api.url}/v1/nothing`);
    assert.equal(unknown.status, 404);
    assert.equal(unknown.headers.get('Content-Type'), 'application/problem+json; charset=utf-8');
    const wrong = await fetch(`${api.url}/v1/documents`, { method: 'PUT' });
    assert.deepEqual([wrong.status, wrong.headers.get('Allow')], [405, 'POST, GET, HEAD']);
    assert.equal(((await wrong.json()) as { code: string }).code, 'method_not_allowed');
    const options = await fetch(`${api.url}/v1/documents`, { method: 'OPTIONS' });
    assert.deepEqual([options.status, options.headers.get('Allow')], [204, 'POST, GET, HEAD']);
  });
});
