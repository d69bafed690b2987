import assert from 'node:assert/strict';
import type { Ports } from '../../../../common/ports/ports.ts';
import { carryOut, deleteDocument } from '../../../../common/runtime/delete-document.ts';
import { DONE, startWorker } from '../../../contract/job-queue.worker.ts';
import { aDocument, aRef } from '../../../support/documents.ts';
import { temporaryStores } from '../../../support/stores.ts';

type Needs = Pick<Ports, 'documents' | 'queue' | 'receipts'>;

const LATER = '2100-01-01T00:00:00.000Z';

const jobsIn = async ({ queue }: Needs): Promise<unknown[]> => {
  const { visible } = await queue.depth('index');
  await using worker = startWorker(queue, { stage: 'index', outcomeOf: () => DONE });
  return (await worker.held.take(visible)).map(({ body }) => body);
};

/** What the method does, and then a crash. */
const crashing =
  <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
  async (...args: Args): Promise<Result> => {
    await method(...args);
    throw new Error('the process was killed');
  };
const killed = { message: 'the process was killed' };

describe('deleteDocument', () => {
  it('hides the document, sends its deletion, and gives a receipt to ask for', async () => {
    await using stores = await temporaryStores();
    const document = aDocument({ fileName: 'secret.txt' });
    await stores.documents.create(document);
    const receipt = await deleteDocument(document, stores);
    const { userId, documentId } = document;
    const { receiptId, requestedAt } = receipt;
    assert.deepEqual(await stores.receipts.get(userId, receiptId), receipt);
    assert.deepEqual([receipt.status, receipt.fileName, receipt.documentId], ['pending', 'secret.txt', documentId]);
    assert.equal((await stores.documents.get(document)).deletedAt, requestedAt);
    assert.deepEqual(await jobsIn(stores), [{ kind: 'delete', userId, documentId, receiptId }]);
  });

  it('throws not_found for what is not there, and for what is deleted already', async () => {
    await using stores = await temporaryStores();
    const document = aDocument();
    await stores.documents.create(document);
    await deleteDocument(document, stores);
    await assert.rejects(deleteDocument(document, stores), { code: 'not_found' });
    await assert.rejects(deleteDocument(aRef(), stores), { code: 'not_found' });
    assert.equal((await stores.receipts.pending(LATER)).items.length, 1);
  });

  it('hides a document that moves on to another generation meanwhile', async () => {
    await using stores = await temporaryStores();
    const document = aDocument();
    await stores.documents.create(document);
    let overtaken = false;
    const { get } = stores.documents;
    const documents = {
      ...stores.documents,
      async get(key: typeof document) {
        const found = await get(key);
        if (!overtaken) await stores.documents.change(found, { generation: 2 });
        overtaken = true;
        return found;
      },
    };
    const { receiptId } = await deleteDocument(document, { ...stores, documents });
    assert.ok((await stores.documents.get(document)).deletedAt);
    assert.ok(receiptId);
  });

  it('is asked for by two at the same time: both get a receipt, or are told that it is gone', async () => {
    await using stores = await temporaryStores();
    const document = aDocument();
    await stores.documents.create(document);
    const fates = await Promise.allSettled([deleteDocument(document, stores), deleteDocument(document, stores)]);
    const jobs = await jobsIn(stores);
    const receipts = fates.flatMap((fate) => (fate.status === 'fulfilled' ? [fate.value.receiptId] : []));
    assert.deepEqual(new Set(jobs.map((job) => (job as { receiptId: string }).receiptId)), new Set(receipts));
    assert.ok((await stores.documents.get(document)).deletedAt);
  });
});

describe('carryOut', () => {
  const steps: Record<string, (stores: Needs) => Needs> = {
    'the receipt': (stores) => ({ ...stores, receipts: { ...stores.receipts, put: crashing(stores.receipts.put) } }),
    'the tombstone': (stores) => ({
      ...stores,
      documents: { ...stores.documents, change: crashing(stores.documents.change) },
    }),
    'the message': (stores) => ({ ...stores, queue: { ...stores.queue, send: crashing(stores.queue.send) } }),
  };
  for (const [step, broken] of Object.entries(steps)) {
    it(`ends a deletion that a crash cut short after ${step}`, async () => {
      await using stores = await temporaryStores();
      const document = aDocument();
      await stores.documents.create(document);
      await assert.rejects(deleteDocument(document, broken(stores)), killed);
      const [pending] = (await stores.receipts.pending(LATER)).items;
      assert.ok(pending !== undefined);
      await carryOut(pending, stores);
      const { receiptId, requestedAt } = pending;
      assert.equal((await stores.documents.get(document)).deletedAt, requestedAt);
      assert.ok((await jobsIn(stores)).every((job) => (job as { receiptId: string }).receiptId === receiptId));
    });
  }

  it('sends the job also when the record is gone: the receipt is still to be completed', async () => {
    await using stores = await temporaryStores();
    const document = aDocument();
    await stores.documents.create(document);
    const receipt = await deleteDocument(document, stores);
    await stores.documents.remove(document);
    await carryOut(receipt, stores);
    assert.equal((await jobsIn(stores)).length, 2);
  });
});
