import assert from 'node:assert/strict';
import type { DocumentRef } from '../../common/domain/document.ts';
import { AppError } from '../../common/domain/errors.ts';
import { chunkKey, metadataKey, textKey } from '../../common/domain/keys.ts';
import type { Blob as StoredBlob } from '../../common/ports/blob-store.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json } from '../../common/runtime/json.ts';
import { type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';

const NOW = '2026-01-01T00:00:00.000Z';

/** A file on a disk that fails half way. */
async function* broken(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const part of body) {
    yield part.subarray(0, 1);
    throw new Error('the disk is gone');
  }
}

/** Tells when it is closed. */
async function* closing(body: AsyncIterable<Uint8Array>, closed: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    closed();
  }
}

describe('documents', () => {
  let api: TemporaryApi;
  let person: Person;
  let sendFails: AppError | undefined;
  let beforeChange: (() => Promise<unknown>) | undefined;
  let read: (blob: StoredBlob) => Promise<StoredBlob>;

  const faulty = ({ blobs, documents, queue, ...ports }: Ports): Ports => ({
    ...ports,
    blobs: {
      ...blobs,
      get: async (key, range) => read(await blobs.get(key, range)),
    },
    documents: {
      ...documents,
      async change(ref, change) {
        const first = beforeChange;
        beforeChange = undefined;
        await first?.();
        return documents.change(ref, change);
      },
    },
    queue: {
      ...queue,
      send: (messages) => (sendFails === undefined ? queue.send(messages) : Promise.reject(sendFails)),
    },
  });

  before(async function () {
    this.timeout(20_000);
    api = await temporaryApi({ around: faulty });
    person = await api.person();
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(() => {
    sendFails = undefined;
    beforeChange = undefined;
    read = async (blob) => blob;
  });

  const upload = async (fileName: string, content = 'text', fields: Record<string, string> = {}): Promise<string> =>
    (await api.upload(person, fileName, content, fields)).body.documentId;
  const call = (address: string, id: string, more: object = {}) =>
    api.call(address, { token: person.token, params: { id }, ...more });
  const list = async (query: Record<string, string>) =>
    (await api.call('GET /v1/documents', { token: person.token, query })).body;

  /** What the pipeline leaves of a document of `count` chunks. */
  const serve = async (documentId: string, count: number): Promise<void> => {
    const { blobs, documents } = api.home.ports;
    const record = await documents.get({ userId: person.user.userId, documentId });
    const ref: DocumentRef = record;
    await blobs.put(textKey(ref), json('text'));
    await blobs.put(metadataKey(ref), json({ chunkCount: count }));
    for (let chunkIndex = 0; chunkIndex < count; chunkIndex += 1) {
      const place = { chunkId: `c${chunkIndex}`, documentId, userId: ref.userId, chunkIndex, createdAt: NOW };
      const text = { content: `chunk ${chunkIndex}`, startPosition: 0, endPosition: 7 };
      const metadata = { wordCount: 2, charCount: 7 };
      await blobs.put(chunkKey(ref, chunkIndex), json({ ...place, ...text, metadata, embedding: [1, 2] }));
    }
    await documents.change(ref, { status: 'ready', servedGeneration: ref.generation, chunkCount: count });
  };

  it('are listed newest first, a page at a time', async () => {
    person = await api.person();
    const ids = [await upload('1.txt'), await upload('2.txt'), await upload('3.txt')];
    const first = await list({ limit: '2' });
    const second = await list({ limit: '2', cursor: first.nextCursor });
    const listed = [...first.items, ...second.items].map(({ documentId }) => documentId);
    assert.deepEqual(listed, ids.reverse());
    assert.equal(second.nextCursor, undefined);
  });

  it('are listed by tag, type, name and status', async () => {
    const id = await upload('docs/lu\u0301a.md', '# x', { tags: 'red' }); // written as macOS does
    await upload('other.txt');
    const found = { tag: 'red', fileType: 'text/markdown', fileName: 'docs/l\u00faa.md', status: 'processing' };
    for (const [name, value] of Object.entries(found)) {
      const { items } = await list({ [name]: value });
      assert.ok(
        items.some((item: { documentId: string }) => item.documentId === id),
        name,
      );
    }
    assert.deepEqual(await list({ ...found, status: 'ready' }), { items: [] });
  });

  for (const query of [
    { limit: '0' },
    { limit: '101' },
    { limit: 'x' },
    { status: 'lost' },
    { colour: 'red' },
    { cursor: 'x' },
  ]) {
    it(`are not listed by ${JSON.stringify(query)}`, async () => {
      const { status, body } = await api.call('GET /v1/documents', { token: person.token, query });
      assert.deepEqual([status, body.code], [400, 'invalid']);
    });
  }

  it('change title, description and tags; null removes', async () => {
    const id = await upload('a.txt', 'text', { title: 'Old', description: 'About', tags: 'red' });
    const jobs = (await api.home.ports.queue.depth('index')).visible;
    const json = { title: 'New', description: null };
    const { body } = await call('PATCH /v1/documents/{id}', id, { json });
    assert.deepEqual(body.metadata, { title: 'New', tags: ['red'] });
    assert.equal((await api.home.ports.queue.depth('index')).visible, jobs);
  });

  it('tell the index when their tags change', async () => {
    const id = await upload('a.txt', 'text', { tags: 'red' });
    const jobs = (await api.home.ports.queue.depth('index')).visible;
    const { body } = await call('PATCH /v1/documents/{id}', id, { json: { tags: [' green ', 'green'] } });
    assert.deepEqual(body.metadata.tags, ['green']);
    assert.equal((await api.home.ports.queue.depth('index')).visible, jobs + 1);
  });

  for (const json of [
    { title: '' },
    { title: 7 },
    { tags: ['x'.repeat(65)] },
    { tags: 'red' },
    { status: 'ready' },
    [],
    'x',
  ]) {
    it(`do not change by ${JSON.stringify(json).slice(0, 30)}`, async () => {
      const id = await upload('a.txt');
      const { status, body } = await call('PATCH /v1/documents/{id}', id, { json });
      assert.deepEqual([status, body.code], [400, 'invalid']);
    });
  }

  it('are gone from every address once they are deleted', async () => {
    person = await api.person();
    const id = await upload('a.txt');
    assert.equal((await call('DELETE /v1/documents/{id}', id)).status, 202);
    for (const address of ['GET /v1/documents/{id}', 'GET /v1/documents/{id}/content', 'DELETE /v1/documents/{id}']) {
      assert.equal((await call(address, id)).status, 404);
    }
    assert.deepEqual(await list({}), { items: [] });
  });

  it('are taken back when no job can be sent for them', async () => {
    person = await api.person();
    sendFails = new AppError('storage_full', 'The disk is full; make room.');
    const form = new FormData();
    form.append('file', new Blob(['text']), 'a.txt');
    const { status, body } = await api.call('POST /v1/documents', { token: person.token, form });
    assert.deepEqual([status, body.code, body.detail], [507, 'storage_full', 'The disk is full; make room.']);
    assert.deepEqual(await list({}), { items: [] });
    assert.deepEqual(await api.home.ports.blobs.list(`documents/${person.user.userId}/`), []);
  });

  it('keep a replacement whose job could not be sent: upkeep sends it again', async () => {
    const id = await upload('a.txt', 'old');
    sendFails = new AppError('unavailable', 'The queue is busy.');
    const form = new FormData();
    form.append('file', new Blob(['new']), 'a.txt');
    const { status, headers } = await call('PUT /v1/documents/{id}/content', id, { form });
    assert.deepEqual([status, headers.get('Retry-After')], [503, '5']);
    assert.equal((await call('GET /v1/documents/{id}/content', id)).text, 'new');
  });

  it('are downloaded under their own name, and cannot run in a browser', async () => {
    const id = await upload('pages/naïve.html', '<script>alert(1)</script>');
    const { headers } = await call('GET /v1/documents/{id}/content', id);
    assert.equal(headers.get('Content-Type'), 'text/html');
    assert.equal(headers.get('Content-Length'), '25');
    assert.match(headers.get('Content-Disposition') ?? '', /^attachment; .*filename\*=UTF-8''na%C3%AFve\.html$/);
    assert.match(headers.get('Content-Security-Policy') ?? '', /sandbox/);
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
  });

  for (const [range, { status, text, content }] of Object.entries({
    'bytes=0-3': { status: 206, text: '0123', content: 'bytes 0-3/10' },
    'bytes=8-': { status: 206, text: '89', content: 'bytes 8-9/10' },
    'bytes=-3': { status: 206, text: '789', content: 'bytes 7-9/10' },
    'bytes=0-0': { status: 206, text: '0', content: 'bytes 0-0/10' },
    'bytes=5-99': { status: 206, text: '56789', content: 'bytes 5-9/10' },
    'bytes=0-1,4-5': { status: 200, text: '0123456789', content: null },
    'lines=1-2': { status: 200, text: '0123456789', content: null },
    nonsense: { status: 200, text: '0123456789', content: null },
  })) {
    it(`answer Range: ${range} with ${status}`, async () => {
      const id = await upload('digits.txt', '0123456789');
      const answer = await call('GET /v1/documents/{id}/content', id, { headers: { Range: range } });
      assert.deepEqual([answer.status, answer.text, answer.headers.get('Content-Range')], [status, text, content]);
    });
  }

  it('answer a range past their end with what they have', async () => {
    const id = await upload('digits.txt', '0123456789');
    const answer = await call('GET /v1/documents/{id}/content', id, { headers: { Range: 'bytes=10-' } });
    assert.deepEqual([answer.status, answer.headers.get('Content-Range')], [416, 'bytes */10']);
  });

  it('carry the hash of their content as ETag, once it is known', async () => {
    const id = await upload('a.txt', 'text');
    assert.equal((await call('GET /v1/documents/{id}/content', id)).headers.get('ETag'), null);
    const ref = await api.home.ports.documents.get({ userId: person.user.userId, documentId: id });
    await api.home.ports.documents.change(ref, { contentSha256: 'abc' });
    const { headers } = await call('GET /v1/documents/{id}/content', id);
    assert.equal(headers.get('ETag'), '"abc"');
    const again = { headers: { 'If-None-Match': 'W/"abc", "x"' } };
    assert.equal((await call('GET /v1/documents/{id}/content', id, again)).status, 304);
    const changed = { headers: { 'If-Range': '"old"', Range: 'bytes=0-1' } };
    assert.equal((await call('GET /v1/documents/{id}/content', id, changed)).status, 200);
  });

  it('answer HEAD with what GET would say, and no body', async () => {
    const id = await upload('a.txt', 'text');
    const headers = { Authorization: `Bearer ${person.token}` };
    for (const path of ['content', 'events', '']) {
      const response = await fetch(`${api.url}/v1/documents/${id}/${path}`, { method: 'HEAD', headers });
      assert.deepEqual([response.status, await response.text()], [200, ''], path);
    }
  });

  it('ask a client to come again that finds their blobs just replaced', async () => {
    const id = await upload('a.txt');
    await serve(id, 1);
    await api.home.ports.blobs.deleteAll(`documents/${person.user.userId}/${id}/`);
    const addresses = [
      'GET /v1/documents/{id}/content',
      'GET /v1/documents/{id}/text',
      'GET /v1/documents/{id}/chunks',
      'POST /v1/documents/{id}/reprocess',
    ];
    for (const address of addresses) assert.equal((await call(address, id)).status, 409, address);
  });

  it('break off where reading them fails half way', async () => {
    const id = await upload('a.txt');
    read = async ({ size, body }) => ({ size, body: broken(body) });
    const seen = api.seen('GET /v1/documents/{id}/content');
    await assert.rejects(call('GET /v1/documents/{id}/content', id));
    assert.equal(((await seen).cause as Error).message, 'the disk is gone');
  });

  it('are closed again for a client that has left before the first byte', async () => {
    const id = await upload('a.txt');
    const leave = new AbortController();
    const closed = Promise.withResolvers<void>();
    read = async ({ size, body }) => {
      const seen = api.seen('GET /v1/documents/{id}/content');
      leave.abort();
      await seen;
      return { size, body: closing(body, closed.resolve) };
    };
    const headers = { Authorization: `Bearer ${person.token}` };
    await assert.rejects(fetch(`${api.url}/v1/documents/${id}/content`, { headers, signal: leave.signal }));
    await closed.promise;
  });

  it('may be left half way by a client, which is no fault', async () => {
    const id = await upload('big.txt', 'x'.repeat(20_000_000));
    const leave = new AbortController();
    const headers = { Authorization: `Bearer ${person.token}` };
    const response = await fetch(`${api.url}/v1/documents/${id}/content`, { headers, signal: leave.signal });
    const seen = api.seen('GET /v1/documents/{id}/content');
    await response.body?.getReader().read();
    leave.abort();
    const { status, cause } = await seen;
    assert.deepEqual([status, cause], [200, undefined]);
  });

  it('have neither text nor chunks before a generation is ready, and say so', async () => {
    const id = await upload('a.txt');
    for (const address of ['GET /v1/documents/{id}/text', 'GET /v1/documents/{id}/chunks']) {
      const { status, body } = await call(address, id);
      assert.deepEqual([status, body.code], [409, 'conflict']);
      assert.match(body.detail, /wait until its status is ready/);
    }
  });

  it('give their chunks a page at a time, without what is internal', async () => {
    const id = await upload('a.txt');
    await serve(id, 5);
    const first = await call('GET /v1/documents/{id}/chunks', id, { query: { limit: '3' } });
    const query = { limit: '3', cursor: first.body.nextCursor };
    const second = await call('GET /v1/documents/{id}/chunks', id, { query });
    const read = [...first.body.items, ...second.body.items].map(({ content }) => content);
    assert.deepEqual(read, ['chunk 0', 'chunk 1', 'chunk 2', 'chunk 3', 'chunk 4']);
    assert.equal(second.body.nextCursor, undefined);
    assert.equal(first.body.items[0].embedding, undefined);
  });

  it('give a document without chunks one empty page', async () => {
    const id = await upload('empty.txt', '');
    await serve(id, 0);
    assert.deepEqual((await call('GET /v1/documents/{id}/chunks', id)).body, { items: [] });
  });

  it('tell a reader of chunks when they were replaced between two pages', async () => {
    const id = await upload('a.txt');
    await serve(id, 3);
    const query = {
      cursor: (await call('GET /v1/documents/{id}/chunks', id, { query: { limit: '1' } })).body.nextCursor,
    };
    await call('POST /v1/documents/{id}/reprocess', id);
    assert.equal((await call('GET /v1/documents/{id}/chunks', id, { query })).status, 200);
    await serve(id, 3);
    assert.equal((await call('GET /v1/documents/{id}/chunks', id, { query })).status, 409);
    const made = { cursor: Buffer.from('1.x').toString('base64url') };
    assert.equal((await call('GET /v1/documents/{id}/chunks', id, { query: made })).status, 400);
  });
});
