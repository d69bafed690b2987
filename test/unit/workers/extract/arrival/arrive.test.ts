import assert from 'node:assert/strict';
import { originalKey } from '../../../../../common/domain/keys.ts';
import { newUser } from '../../../../../common/domain/user.ts';
import type { Ports } from '../../../../../common/ports/ports.ts';
import { arrive } from '../../../../../workers/extract/arrival/arrive.ts';
import { bytes, textOf } from '../../../../support/bytes.ts';
import { aDocument, aRef } from '../../../../support/documents.ts';
import { temporaryHome } from '../../../../support/home.ts';
import { stored } from '../../../../support/uploads.ts';

const BUCKET = 'documents';
const arrivalOf = (key: string, sequencer = '0A') => ({ bucket: BUCKET, key, sequencer });

const bareKey = ({ userId, documentId }: { userId: string; documentId: string }) =>
  `documents/${userId}/${documentId}/original.txt`;

const registered = async ({ users }: Ports, userId: string) => {
  const claims = { userId, email: `${userId}@example.org`, firstName: 'A', lastName: 'L', emailVerified: true };
  await users.create(newUser({ ...claims, provider: 'LOCAL' }, '2026-01-01T00:00:00.000Z'));
};

/** Somebody copies a file to the bare path, and S3 tells. */
const copied = async (ports: Ports, ref: ReturnType<typeof aRef>, { text = 'A text.', sequencer = '0A' } = {}) => {
  await ports.blobs.put(bareKey(ref), bytes(text));
  return arrive({ arrivals: [arrivalOf(bareKey(ref), sequencer)] }, ports);
};

const bodiesOf = (messages: readonly { body: unknown }[]) => messages.map(({ body }) => body);

describe('an original that S3 announces', () => {
  it('is left to the API when it came through it', async () => {
    await using home = await temporaryHome();
    const document = await stored(home.ports, 'A text.');
    assert.deepEqual(await arrive({ arrivals: [arrivalOf(document.s3Key)] }, home.ports), []);
    assert.deepEqual(await home.ports.blobs.list('documents/'), [document.s3Key]);
  });

  it('is looked at again, twice, while no record knows of it, and is erased in the end', async () => {
    await using home = await temporaryHome();
    const key = originalKey(aRef(), 'txt');
    await home.ports.blobs.put(key, bytes('nobody’s'));
    const arrivals = [arrivalOf(key)];
    const first = await arrive({ arrivals }, home.ports);
    assert.deepEqual(first, [{ stage: 'extract', group: 'ada', body: { arrivals, looks: 1 }, delaySeconds: 10 }]);
    const second = await arrive({ arrivals, looks: 1 }, home.ports);
    assert.deepEqual(second, [{ stage: 'extract', group: 'ada', body: { arrivals, looks: 2 }, delaySeconds: 900 }]);
    assert.deepEqual(await home.ports.blobs.list('documents/'), [key]);
    assert.deepEqual(await arrive({ arrivals, looks: 2 }, home.ports), []);
    assert.deepEqual(await home.ports.blobs.list('documents/'), []);
  });

  it('is erased when its document is deleted, as a late PUT to a valid address brings it', async () => {
    await using home = await temporaryHome();
    const document = await stored(home.ports, 'late', { deletedAt: '2026-01-01T00:00:00.000Z' });
    assert.deepEqual(await arrive({ arrivals: [arrivalOf(document.s3Key)] }, home.ports), []);
    assert.deepEqual(await home.ports.blobs.list('documents/'), []);
  });

  it('is erased when newer content has taken its place, and that content stays', async () => {
    await using home = await temporaryHome();
    const document = await stored(home.ports, 'new', aDocument({ generation: 3 }));
    const late = originalKey({ ...document, generation: 2 }, 'txt');
    await home.ports.blobs.put(late, bytes('late'));
    assert.deepEqual(await arrive({ arrivals: [arrivalOf(late)] }, home.ports), []);
    assert.deepEqual(await home.ports.blobs.list('documents/'), [document.s3Key]);
  });

  it('is nothing to us when it is no original', async () => {
    await using home = await temporaryHome();
    assert.deepEqual(await arrive({ arrivals: [arrivalOf('documents/ada/d/1/extracted-text.txt')] }, home.ports), []);
  });
});

describe('an object that somebody copied to the bare path', () => {
  it('becomes a document of its own', async () => {
    await using home = await temporaryHome();
    const ref = aRef();
    await registered(home.ports, 'ada');
    assert.deepEqual(bodiesOf(await copied(home.ports, ref)), [ref]);
    const { status, s3Key, s3Bucket, fileName, fileSize } = await home.ports.documents.get(ref);
    assert.deepEqual([status, s3Bucket, fileName, fileSize], ['processing', BUCKET, 'original.txt', 7]);
    assert.equal(s3Key, originalKey(ref, 'txt'));
    assert.equal(await textOf((await home.ports.blobs.get(s3Key)).body), 'A text.');
  });

  it('becomes the next generation of a document that is there', async () => {
    await using home = await temporaryHome();
    await registered(home.ports, 'ada');
    const document = await stored(home.ports, 'old', { status: 'ready', servedGeneration: 1 });
    assert.deepEqual(bodiesOf(await copied(home.ports, document)), [{ ...aRef(document), generation: 2 }]);
    const { status, generation, servedGeneration } = await home.ports.documents.get(document);
    assert.deepEqual([status, generation, servedGeneration], ['processing', 2, 1]);
  });

  it('is taken once when its event comes twice', async () => {
    await using home = await temporaryHome();
    await registered(home.ports, 'ada');
    const ref = aRef();
    await copied(home.ports, ref);
    assert.deepEqual(bodiesOf(await copied(home.ports, ref)), [ref]);
    assert.equal((await home.ports.documents.get(ref)).generation, 1);
  });

  it('is not taken when an event of a later copy came before its own', async () => {
    await using home = await temporaryHome();
    await registered(home.ports, 'ada');
    const ref = aRef();
    await copied(home.ports, ref, { text: 'the later', sequencer: '10' });
    assert.deepEqual(await copied(home.ports, ref, { sequencer: 'F' }), []);
    assert.equal((await home.ports.documents.get(ref)).generation, 1);
    assert.deepEqual(bodiesOf(await copied(home.ports, ref, { sequencer: '11' })), [{ ...ref, generation: 2 }]);
  });

  it('is refused for a user whom nobody knows, and under what is no UUID', async () => {
    await using home = await temporaryHome();
    await assert.rejects(copied(home.ports, aRef()), { code: 'not_found' });
    await registered(home.ports, 'ada');
    await assert.rejects(copied(home.ports, { ...aRef(), documentId: 'notes' }), { code: 'invalid' });
  });
});
