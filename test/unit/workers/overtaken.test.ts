import assert from 'node:assert/strict';
import { AppError } from '../../../common/domain/errors.ts';
import { unlessOvertaken } from '../../../workers/current.ts';
import { aDocument } from '../../support/documents.ts';
import { temporaryStores } from '../../support/stores.ts';

const missing = async () => {
  throw new AppError('not_found', 'There is no blob a.');
};

describe('a blob that a job misses', () => {
  it('is the document’s fault while nothing has overtaken the job', async () => {
    await using stores = await temporaryStores();
    const document = aDocument();
    await stores.documents.create(document);
    await assert.rejects(unlessOvertaken(stores, document, missing), { code: 'not_found' });
  });

  it('means that the job is stale once a duplicate of it has completed the document', async () => {
    await using stores = await temporaryStores();
    const document = aDocument({ status: 'ready', servedGeneration: 1 });
    await stores.documents.create(document);
    await assert.rejects(unlessOvertaken(stores, document, missing), { code: 'stale' });
  });

  it('means that the job is stale once the document is deleted', async () => {
    await using stores = await temporaryStores();
    await assert.rejects(unlessOvertaken(stores, aDocument(), missing), { code: 'stale' });
  });

  it('leaves other failures, and what is found, as they are', async () => {
    await using stores = await temporaryStores();
    const away = async () => {
      throw new AppError('unavailable', 'S3 does not answer.');
    };
    await assert.rejects(unlessOvertaken(stores, aDocument(), away), { code: 'unavailable' });
    assert.equal(await unlessOvertaken(stores, aDocument(), async () => 'found'), 'found');
  });
});
