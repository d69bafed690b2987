import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';
import { asked, checksumOf, directUploads, PART_SIZE, type Part, textInParts } from '../support/direct-uploads.ts';

const MAX_UPLOAD_BYTES = 4 * PART_SIZE;
const WHOLE = new Uint8Array(Buffer.from('# Pumps\n\nPrime the pump first.'));

describe('direct uploads', function () {
  this.timeout(30_000);
  let api: TemporaryApi;
  let person: Person;
  let client: ReturnType<typeof directUploads>;

  before(async () => {
    api = await temporaryApi({ env: { MAX_UPLOAD_BYTES: `${MAX_UPLOAD_BYTES}` } });
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(async () => {
    person = await api.person();
    client = directUploads(api, person);
  });

  const requireNothingLeft = async () => {
    const { userId } = person.user;
    assert.deepEqual(await api.home.ports.blobs.list(`documents/${userId}/`), []);
    assert.deepEqual((await api.call('GET /v1/documents', { token: person.token })).body, { items: [] });
  };
  const partsKept = () => readdir(join(api.home.folder, 'uploads'));
  const jobsWaiting = async () => (await api.home.ports.queue.depth('extract')).visible;

  it('make a document that is being uploaded, known by its name at once', async () => {
    const fields = { fileName: 'docs/./pump\u202es.md', title: 'Pumps', tags: ['water'] };
    const { uploadId, documentId, parts } = await client.begun(asked([WHOLE], fields));
    const { body } = await client.document(documentId);
    assert.partialDeepStrictEqual(body, {
      status: 'uploading',
      fileName: 'docs/pumps.md',
      fileType: 'text/markdown',
      fileSize: WHOLE.length,
      metadata: { title: 'Pumps', tags: ['water'] },
    });
    assert.equal(uploadId, `${documentId}.1`);
    assert.deepEqual([parts.length, parts[0].arrived, parts[0].url.slice(0, 12)], [1, false, '/v1/uploads/']);
  });

  it('send a document on its way as soon as one PUT has brought it whole', async () => {
    const { uploadId, documentId, parts } = await client.begun(asked([WHOLE]));
    const before = await jobsWaiting();
    assert.equal((await client.send(parts[0], WHOLE)).status, 204);
    assert.equal((await client.document(documentId)).body.status, 'processing');
    assert.equal(await jobsWaiting(), before + 1);
    assert.equal(await client.content(documentId), Buffer.from(WHOLE).toString());
    assert.equal((await client.state(uploadId)).status, 404);
  });

  it('may be completed also where that was not needed, and again', async () => {
    const { uploadId, documentId, parts } = await client.begun(asked([WHOLE]));
    await client.send(parts[0], WHOLE);
    for (const _ of [1, 2]) {
      const { status, body } = await client.complete(uploadId);
      assert.deepEqual([status, body.documentId, body.status], [202, documentId, 'processing']);
    }
  });

  it('take parts in any order and put them together in theirs', async () => {
    const content = textInParts(3);
    const before = await partsKept();
    const { uploadId, documentId, parts } = await client.begun(asked(content));
    for (const n of [2, 0, 1]) assert.equal((await client.send(parts[n], content[n] ?? WHOLE)).status, 204);
    assert.equal((await client.document(documentId)).body.status, 'uploading');
    const { status, body } = await client.complete(uploadId);
    assert.deepEqual([status, body.status], [202, 'processing']);
    assert.equal(await client.content(documentId), Buffer.concat(content).toString());
    assert.deepEqual(await partsKept(), before);
  });

  it('tell what has arrived, so that a client resumes with the rest', async () => {
    const content = textInParts(3);
    const { uploadId, parts } = await client.begun(asked(content));
    await client.send(parts[1], content[1] ?? WHOLE);
    const { body } = await client.state(uploadId);
    assert.deepEqual(
      body.parts.map(({ arrived, url, checksum }: Part & { checksum: string }) => [
        arrived,
        url !== undefined,
        checksum,
      ]),
      content.map((part, n) => [n === 1, n !== 1, checksumOf(part)]),
    );
    for (const n of [0, 2]) await client.send(body.parts[n], content[n] ?? WHOLE);
    assert.equal((await client.complete(uploadId)).status, 202);
  });

  it('name the parts that are missing when they are to be completed', async () => {
    const content = textInParts(3);
    const { uploadId, parts } = await client.begun(asked(content));
    await client.send(parts[1], content[1] ?? WHOLE);
    const { status, body } = await client.complete(uploadId);
    assert.deepEqual([status, body.detail], [409, 'These parts have not arrived: 1, 3. Send them first.']);
  });

  it('refuse other bytes than the checksum names, too few and too many, and take the right ones then', async () => {
    const { documentId, parts } = await client.begun(asked([WHOLE]));
    for (const wrong of [
      WHOLE.toReversed(),
      WHOLE.slice(1),
      new Uint8Array([...WHOLE, 10]),
      new Uint8Array(MAX_UPLOAD_BYTES),
    ]) {
      const { status, body } = await client.send(parts[0], wrong);
      assert.deepEqual([status, body.code], [400, 'invalid']);
    }
    assert.equal((await client.document(documentId)).body.status, 'uploading');
    assert.equal((await client.send(parts[0], WHOLE)).status, 204);
  });

  it('keep nothing of a part whose sender breaks off, and take it whole then', async () => {
    const content = textInParts(2);
    const { uploadId, parts } = await client.begun(asked(content));
    const seen = api.seen('PUT /v1/uploads/{token}/{partNumber}');
    const sender = request(new URL(parts[0].url, api.url), { method: 'PUT', headers: { 'Content-Length': PART_SIZE } });
    sender.on('error', () => undefined); // it is we who hang up
    sender.write((content[0] ?? WHOLE).subarray(0, 1_000_000), () => sender.destroy());
    assert.equal((await seen).status, 499);
    assert.equal((await client.state(uploadId)).body.parts[0].arrived, false);
    assert.equal((await client.send(parts[0], content[0] ?? WHOLE)).status, 204);
  });

  it('refuse an address that was not given out', async () => {
    const { parts } = await client.begun(asked(textInParts(2)));
    const url = parts[0].url.replace('/1?', '/2?');
    assert.equal((await client.send({ ...parts[0], url }, WHOLE)).status, 404);
  });

  it('leave nothing when they are given up', async () => {
    const content = textInParts(2);
    const before = await partsKept();
    const { uploadId, parts } = await client.begun(asked(content));
    await client.send(parts[0], content[0] ?? WHOLE);
    assert.equal((await client.abandon(uploadId)).status, 204);
    assert.equal((await client.send(parts[1], content[1] ?? WHOLE)).status, 404);
    for (const ask of [client.state, client.complete, client.abandon]) assert.equal((await ask(uploadId)).status, 404);
    assert.deepEqual(await partsKept(), before);
    await requireNothingLeft();
  });

  it('are nobody else’s to see, complete or give up', async () => {
    const { uploadId, documentId } = await client.begun(asked([WHOLE]));
    const other = directUploads(api, await api.person());
    for (const ask of [other.state, other.complete, other.abandon]) assert.equal((await ask(uploadId)).status, 404);
    assert.equal((await other.begin(asked([WHOLE], { documentId }))).status, 404);
    assert.equal((await client.state(uploadId)).status, 200);
  });

  it('refuse what is too large before a byte of it has come', async () => {
    const { status, body } = await client.begin(asked([WHOLE], { fileSize: MAX_UPLOAD_BYTES + 1 }));
    assert.deepEqual([status, body.code], [413, 'too_large']);
    await requireNothingLeft();
  });

  for (const [what, changes] of Object.entries({
    'with more checksums than parts': { checksums: [checksumOf(WHOLE), checksumOf(WHOLE)] },
    'with fewer checksums than parts': { fileSize: PART_SIZE + 1, partSize: PART_SIZE },
    'with parts that are too small': { partSize: PART_SIZE - 1 },
    'with a checksum that is none': { checksums: ['abc'] },
    'without a name': { fileName: '../' },
    'of new content with fields of a new document': { documentId: crypto.randomUUID(), tags: [] },
  })) {
    it(`refuse one ${what}`, async () => {
      const { status, body } = await client.begin(asked([WHOLE], changes));
      assert.deepEqual([status, body.code], [400, 'invalid'], body.detail);
      await requireNothingLeft();
    });
  }
});
