import assert from 'node:assert/strict';
import type { Ports } from '../../common/ports/ports.ts';
import { formOf, PASSWORD, type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';
import { type AuthorizationServer, logInAt, startAuthorizationServer } from '../support/authorization-server.ts';
import { asked, directUploads } from '../support/direct-uploads.ts';

const MANUAL = `# Pump manual

The pump must be primed with water before it starts. Dry running destroys the seal within a minute.

# Maintenance

Grease the bearing every 200 hours with lithium grease.
`;

/** Walks through the whole API; the client compares each answer with what /openapi.json declares. */
describe('the API as it describes itself', () => {
  let server: AuthorizationServer;
  let api: TemporaryApi;
  let admin: Person;
  let id: string;
  /** Where the storage gives contents out by itself. */
  let elsewhere: string | undefined;

  const around = ({ blobs, ...ports }: Ports): Ports => ({
    ...ports,
    blobs: { ...blobs, addressOf: async () => elsewhere },
    logins: server.logins,
  });

  before(async function () {
    this.timeout(60_000);
    server = await startAuthorizationServer();
    api = await temporaryApi({ workers: true, around });
    admin = await api.person('admin');
  });
  after(async () => {
    await api[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const succeed = async (address: string, status: number, call: object = {}) => {
    const answer = await api.call(address, { token: admin.token, params: { id }, ...call });
    assert.equal(answer.status, status, answer.text);
    return answer;
  };

  it('logs people in, renews their tokens and logs them out', async () => {
    const { user } = await api.person('leaver');
    const login = await succeed('POST /v1/auth/login', 200, { json: { email: user.email, password: PASSWORD } });
    const { refreshToken } = (
      await succeed('POST /v1/auth/refresh', 200, { json: { refreshToken: login.body.refreshToken } })
    ).body;
    await succeed('POST /v1/auth/logout', 204, { json: { refreshToken } });
    const again = await api.call('POST /v1/auth/refresh', { json: { refreshToken } });
    assert.equal(again.status, 401);
  });

  it('logs people in who have an account elsewhere', async () => {
    const { headers } = await succeed('GET /v1/auth/providers/{provider}', 302, { params: { provider: 'amazon' } });
    const query = await logInAt(headers.get('Location') ?? '');
    const Cookie = headers.get('Set-Cookie')?.split(';')[0];
    await succeed('GET /v1/auth/callback', 200, { query, headers: { Cookie } });
  });

  it('shows and changes a profile, and deletes an account', async () => {
    await succeed('GET /v1/users/me', 200);
    const { body } = await succeed('PATCH /v1/users/me', 200, { json: { preferences: { theme: 'dark' } } });
    assert.deepEqual(body.preferences, { theme: 'dark', notifications: true, language: 'en' });
    const { token } = await api.person('gone');
    await succeed('DELETE /v1/users/me', 202, { token });
    assert.equal((await api.call('GET /v1/users/me', { token })).status, 401);
  });

  it('takes a document in and follows it until it is ready', async function () {
    this.timeout(60_000);
    const fields = { title: 'Pump', tags: 'pumps, water' };
    const { body } = await api.upload(admin, 'manuals/pump.md', MANUAL, fields);
    id = body.documentId;
    assert.equal(body.fileName, 'manuals/pump.md');
    assert.equal(body.status, 'processing');
    const { events } = await succeed('GET /v1/documents/{id}/events', 200);
    assert.deepEqual(events.at(-1), { event: 'ready', data: { documentId: id } });
  });

  it('shows the document in lists and by itself', async () => {
    const { body } = await succeed('GET /v1/documents', 200, { query: { status: 'ready', tag: 'pumps' } });
    assert.deepEqual(
      body.items.map(({ documentId }: { documentId: string }) => documentId),
      [id],
    );
    await succeed('GET /v1/documents/{id}', 200);
    const changed = await succeed('PATCH /v1/documents/{id}', 200, { json: { title: null, tags: ['pumps'] } });
    assert.deepEqual([changed.body.metadata.title, changed.body.metadata.tags], [undefined, ['pumps']]);
  });

  it('hands out the original, whole, in part, and not again', async () => {
    const whole = await succeed('GET /v1/documents/{id}/content', 200);
    assert.equal(whole.text, MANUAL);
    const etag = whole.headers.get('ETag') ?? '';
    const part = await succeed('GET /v1/documents/{id}/content', 206, { headers: { Range: 'bytes=2-5' } });
    assert.equal(part.text, 'Pump');
    await succeed('GET /v1/documents/{id}/content', 304, { headers: { 'If-None-Match': etag } });
    await succeed('GET /v1/documents/{id}/content', 416, { headers: { Range: 'bytes=9000-' } });
  });

  it('tells where the original is fetched from, in homes whose storage gives it out', async () => {
    elsewhere = 'https://storage.example.org/key?signature=x';
    const { headers } = await succeed('GET /v1/documents/{id}/content', 302);
    assert.deepEqual([headers.get('Location'), headers.get('Cache-Control')], [elsewhere, 'no-store']);
    const known = { headers: { 'If-None-Match': headers.get('ETag') ?? '' } };
    await succeed('GET /v1/documents/{id}/content', 304, known);
    elsewhere = undefined;
  });

  it('takes a document in past itself', async () => {
    const { begun, send, state, complete, abandon } = directUploads(api, admin);
    const content = new Uint8Array(Buffer.from('Valves are closed by hand.'));
    const [first, second] = [await begun(asked([content])), await begun(asked([content]))];
    assert.equal((await state(first.uploadId)).status, 200);
    assert.equal((await send(first.parts[0], content)).status, 204);
    assert.equal((await complete(first.uploadId)).status, 202);
    assert.equal((await abandon(second.uploadId)).status, 204);
    assert.equal((await api.settled(admin, first.documentId)).events.at(-1)?.event, 'ready');
    await succeed('DELETE /v1/documents/{id}', 202, { params: { id: first.documentId } });
  });

  it('hands out text and chunks, and not again', async () => {
    const { text, headers } = await succeed('GET /v1/documents/{id}/text', 200);
    const known = { headers: { 'If-None-Match': headers.get('ETag') ?? '' } };
    await succeed('GET /v1/documents/{id}/text', 304, known);
    const { body } = await succeed('GET /v1/documents/{id}/chunks', 200);
    const [first] = body.items;
    assert.equal(first.content, text.slice(first.startPosition, first.endPosition));
    await succeed('GET /v1/documents/{id}/chunks', 304, known);
  });

  it('searches, and answers at once or in events', async () => {
    const { body } = await succeed('POST /v1/search', 200, { json: { query: 'how to prime the pump' } });
    assert.equal(body.results[0].documentId, id);
    const question = { question: 'What must be done before the pump starts?' };
    const whole = await succeed('POST /v1/answers', 200, { json: question });
    assert.match(whole.body.answer, /primed/);
    assert.equal(whole.body.citations[0].documentId, id);
    const streamed = await succeed('POST /v1/answers', 200, {
      json: question,
      headers: { Accept: 'text/event-stream' },
    });
    const words = streamed.events.filter(({ event }) => event === 'token').map(({ data }) => data.text);
    assert.equal(words.join(''), whole.body.answer);
    assert.deepEqual(streamed.events.at(-1), { event: 'done', data: {} });
  });

  it('processes again, and takes new content', async function () {
    this.timeout(60_000);
    await succeed('POST /v1/documents/{id}/reprocess', 202);
    assert.equal((await api.settled(admin, id)).events.at(-1)?.event, 'ready');
    const form = formOf('pump.txt', 'The new pump needs no priming.');
    const { body } = await succeed('PUT /v1/documents/{id}/content', 202, { form });
    assert.equal(body.fileName, 'pump.txt');
    assert.equal((await api.settled(admin, id)).events.at(-1)?.event, 'ready');
    assert.equal((await succeed('GET /v1/documents/{id}/text', 200)).text, 'The new pump needs no priming.');
  });

  it('deletes, and keeps a receipt', async () => {
    const { receiptId } = (await succeed('DELETE /v1/documents/{id}', 202)).body;
    const { body } = await succeed('GET /v1/deletions/{receiptId}', 200, { params: { receiptId } });
    assert.equal(body.documentId, id);
  });

  it('shows administrators the queues and their dead letters', async () => {
    const { body } = await succeed('GET /v1/operations/queues', 200);
    assert.deepEqual(
      body.queues.map(({ stage }: { stage: string }) => stage),
      ['extract', 'embed', 'index'],
    );
    const params = { stage: 'extract' };
    await succeed('GET /v1/operations/dead-letters/{stage}', 200, { params });
    await succeed('POST /v1/operations/dead-letters/{stage}/redrive', 200, { params });
  });

  it('tells how it is', async () => {
    await succeed('GET /health/live', 200);
    await succeed('GET /health/ready', 200);
    const { text } = await succeed('GET /metrics', 200);
    assert.match(text, /assistant_http_request_seconds_count\{route="GET \/v1\/documents\/\{id\}",status="200"\}/);
    await succeed('GET /openapi.json', 200);
  });

  it('has answered each success that it declares', () => {
    const declared = Object.entries(api.description.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.keys(responses)
          .filter((status) => Number(status) < 400)
          .map((status) => `${method.toUpperCase()} ${path} ${status}`),
      ),
    );
    assert.ok(declared.length > 30);
    assert.deepEqual(
      declared.filter((answer) => !api.answered.has(answer)),
      [],
    );
  });
});
