import assert from 'node:assert/strict';
import { seenBlobs, seenDocuments } from '../../../../common/runtime/seen-ports.ts';
import type { Sight } from '../../../../common/runtime/sight.ts';
import { bytes, textOf } from '../../../support/bytes.ts';
import { temporaryStores } from '../../../support/stores.ts';
import { stored } from '../../../support/uploads.ts';

const watched = () => {
  const sights: Sight[] = [];
  return { sights, observe: (sight: Sight) => void sights.push(sight) };
};

describe('seenDocuments', () => {
  it('tells how long a content took to become searchable', async () => {
    await using stores = await temporaryStores();
    const { sights, observe } = watched();
    const document = await stored(stores, 'text', { uploadDate: '2026-01-01T00:00:00.000Z', fileSize: 12 });
    const { documentId } = document;
    const readyAt = '2026-01-01T00:00:05.500Z';
    await seenDocuments(stores.documents, observe).change(document, { status: 'ready', readyAt });
    assert.deepEqual(sights, [{ name: 'document.ready', ms: 5_500, bytes: 12, documentId }]);
  });

  it('tells of an error, and of no other change', async () => {
    await using stores = await temporaryStores();
    const { sights, observe } = watched();
    const document = await stored(stores, 'text');
    const documents = seenDocuments(stores.documents, observe);
    await documents.change(document, { metadata: { title: 'New' } });
    await documents.change(document, { status: 'error' });
    assert.deepEqual(sights, [{ name: 'document.failed', documentId: document.documentId }]);
  });
});

describe('seenBlobs', () => {
  it('tells of bytes written and read', async () => {
    await using stores = await temporaryStores();
    const { sights, observe } = watched();
    const blobs = seenBlobs(stores.blobs, observe);
    await blobs.put('a/key', bytes('five!'));
    assert.equal(await textOf((await blobs.get('a/key')).body), 'five!');
    assert.deepEqual(sights, [
      { name: 'storage.called', operation: 'put', bytes: 5 },
      { name: 'storage.called', operation: 'get', bytes: 5 },
    ]);
  });
});
