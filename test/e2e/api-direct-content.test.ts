import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ports } from '../../common/ports/ports.ts';
import { sweep } from '../../workers/maintenance/sweep.ts';
import { type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';
import { asked, directUploads, textInParts } from '../support/direct-uploads.ts';
import { until } from '../support/until.ts';

const OLD = 'The old pump must be primed.';
const NEW = new Uint8Array(Buffer.from('# New\n\nThe new pump primes itself.'));
const LONG_AGO = '2026-01-01T00:00:00.000Z';

describe('direct uploads and their documents', function () {
  this.timeout(60_000);
  let api: TemporaryApi;
  let person: Person;
  let client: ReturnType<typeof directUploads>;

  before(async () => {
    api = await temporaryApi({ workers: true });
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(async () => {
    person = await api.person();
    client = directUploads(api, person);
  });

  const uploaded = async (): Promise<string> => {
    const { documentId } = (await api.upload(person, 'pump.txt', OLD)).body;
    assert.equal((await api.settled(person, documentId)).events.at(-1)?.event, 'ready');
    return documentId;
  };
  const textOf = async (id: string) =>
    (await api.call('GET /v1/documents/{id}/text', { token: person.token, params: { id } })).text;
  const blobs = (documentId: string) => api.home.ports.blobs.list(`documents/${person.user.userId}/${documentId}/`);
  const partsKept = () => readdir(join(api.home.folder, 'uploads'));
  const tooOld = async ({ pending }: Ports, documentId: string, generation: number): Promise<void> => {
    const upload = await pending.get({ userId: person.user.userId, documentId, generation });
    await pending.remove(upload);
    await pending.create({ ...upload, startedAt: LONG_AGO });
  };

  it('make a document that is processed and found', async () => {
    const content = textInParts(1);
    const { documentId, parts } = await client.begun(asked(content));
    await client.send(parts[0], content[0] ?? NEW);
    assert.equal((await api.settled(person, documentId)).events.at(-1)?.event, 'ready');
    assert.match(await textOf(documentId), /speaks of pump/);
  });

  it('give a document new content, while the old is read and found', async () => {
    const documentId = await uploaded();
    const { uploadId, parts } = await client.begun(asked([NEW], { documentId, fileName: 'new.md' }));
    assert.equal(uploadId, `${documentId}.2`);
    const { body } = await client.document(documentId);
    assert.deepEqual([body.status, body.fileName, await client.content(documentId)], ['ready', 'pump.txt', OLD]);
    await client.send(parts[0], NEW);
    assert.equal((await client.document(documentId)).body.fileName, 'new.md');
    assert.equal((await api.settled(person, documentId)).events.at(-1)?.event, 'ready');
    assert.match(await textOf(documentId), /primes itself/);
  });

  it('do not take the place of a newer content, and leave nothing', async () => {
    const documentId = await uploaded();
    const late = await client.begun(asked([NEW], { documentId, fileName: 'late.md' }));
    const newer = await client.begun(asked([NEW], { documentId, fileName: 'newer.md' }));
    await client.send(newer.parts[0], NEW);
    await client.send(late.parts[0], NEW);
    assert.equal((await client.document(documentId)).body.fileName, 'newer.md');
    assert.deepEqual(
      (await blobs(documentId)).filter((key) => key.includes('/2/')),
      [],
    );
    const { status, body } = await client.complete(late.uploadId);
    assert.deepEqual([status, body.fileName], [202, 'newer.md']);
  });

  it('leave a document as it is when its new content is given up', async () => {
    const documentId = await uploaded();
    const { uploadId } = await client.begun(asked([NEW], { documentId }));
    assert.equal((await client.abandon(uploadId)).status, 204);
    assert.equal((await client.complete(uploadId)).status, 404);
    const { body } = await client.document(documentId);
    assert.deepEqual([body.status, await client.content(documentId)], ['ready', OLD]);
  });

  it('have neither content nor a second try before they are all there, and say so', async () => {
    const { documentId } = await client.begun(asked([NEW]));
    const call = { token: person.token, params: { id: documentId } };
    for (const address of ['GET /v1/documents/{id}/content', 'POST /v1/documents/{id}/reprocess']) {
      const { status, body } = await api.call(address, call);
      assert.deepEqual([status, body.code], [409, 'conflict']);
      assert.match(body.detail, /still being uploaded/);
    }
  });

  it('end with their document when that is deleted, and nothing comes back', async () => {
    const content = textInParts(2);
    const before = await partsKept();
    const { uploadId, documentId, parts } = await client.begun(asked(content));
    await client.send(parts[0], content[0] ?? NEW);
    const call = { token: person.token, params: { id: documentId } };
    const { receiptId } = (await api.call('DELETE /v1/documents/{id}', call)).body;
    await until('the deletion to be completed', async () => {
      const receipt = await api.call('GET /v1/deletions/{receiptId}', { ...call, params: { receiptId } });
      return receipt.body.status === 'completed';
    });
    assert.equal((await client.send(parts[1], content[1] ?? NEW)).status, 404);
    assert.equal((await client.complete(uploadId)).status, 404);
    assert.deepEqual([await blobs(documentId), await partsKept()], [[], before]);
  });

  it('end after a day: a new document goes with its parts, an old one keeps its content', async () => {
    const kept = await uploaded();
    const before = await partsKept();
    const content = textInParts(2);
    const fresh = await client.begun(asked(content));
    const replacing = await client.begun(asked(content, { documentId: kept }));
    await client.send(fresh.parts[0], content[0] ?? NEW);
    await tooOld(api.home.ports, fresh.documentId, 1);
    await tooOld(api.home.ports, kept, 2);
    await sweep(api.home.ports, { graceMs: 60_000 });
    for (const { uploadId } of [fresh, replacing]) assert.equal((await client.state(uploadId)).status, 404);
    assert.equal((await client.document(fresh.documentId)).status, 404);
    assert.deepEqual([await blobs(fresh.documentId), await partsKept()], [[], before]);
    assert.deepEqual([(await client.document(kept)).body.status, await client.content(kept)], ['ready', OLD]);
  });
});
