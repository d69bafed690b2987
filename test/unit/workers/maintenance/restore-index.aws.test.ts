import assert from 'node:assert/strict';
import type { OpenSearchIndex } from '../../../../common/adapters/aws/opensearch/opensearch-index.ts';
import type { Document } from '../../../../common/domain/document.ts';
import type { IndexRebuild } from '../../../../common/ports/index-rebuild.ts';
import { deleteDocument } from '../../../../common/runtime/delete-document.ts';
import { restoreIndex } from '../../../../workers/maintenance/restore-index.ts';
import { askOpenSearch, type TemporaryIndex, temporaryIndex } from '../../../support/aws/temporary-index.ts';
import { type TemporaryHome, temporaryHome } from '../../../support/home.ts';
import { assertErased, assertWhole, atRest } from '../../../support/oracle.ts';
import { until } from '../../../support/until.ts';
import { uploaded } from '../../../support/uploads.ts';

const MODEL = { model: 'all-MiniLM-L6-v2', dimension: 384 };

/** The embedded home with its workers, but for its index, which is in OpenSearch. */
const homeOn = async (index: OpenSearchIndex) => {
  const { rebuild, ...search } = index;
  const home = await temporaryHome({
    workers: true,
    around: (ports) => ({ ...ports, index: { ...search, refreshSeconds: 1 }, rebuild }),
  });
  return Object.assign(home, { add: (text: string) => ready(home, text) });
};

const ready = async ({ ports }: TemporaryHome, text: string): Promise<Document> => {
  const { userId, documentId } = await uploaded(ports, text);
  await atRest(ports, userId);
  return ports.documents.get({ userId, documentId });
};

const numberOf = async ({ name }: TemporaryIndex): Promise<string[]> =>
  Object.keys((await askOpenSearch('GET', `/${name}/_alias`)) as object);

describe('restoreIndex in OpenSearch', () => {
  it('loses nothing that is written meanwhile, and keeps nothing that is deleted', async () => {
    await using place = await temporaryIndex('none');
    await using index = await place.open(MODEL);
    await using home = await homeOn(index);
    const { ports } = home;
    const kept = await home.add('The pump is vented by the brass valve.');
    const deleted = await home.add('The gasket is made of cork.');
    let added: Document | undefined;
    const meanwhile = async (): Promise<void> => {
      if (added !== undefined) return;
      added = await home.add('The oven is heated by gas.');
      const { accessVersion } = await ports.documents.change(kept, { access: { isPublic: true }, accessVersion: 1 });
      assert.equal(accessVersion, 1);
      await ports.index.describe(kept, { tags: [], isPublic: true });
      const { receiptId } = await deleteDocument(deleted, ports);
      const isErased = async () => (await ports.receipts.get('ada', receiptId)).status === 'completed';
      await until('the deletion', isErased);
    };
    const restored = await restoreIndex({ ...ports, rebuild: after(ports.rebuild, meanwhile) }, { settleMs: 0 });
    await place.settled();
    assert.deepEqual(await numberOf(place), [`${place.name}-2`]);
    assert.partialDeepStrictEqual(restored, { damaged: [], resumed: false });
    await assertWhole(ports, 'ada');
    await assertErased(ports, deleted);
    const seen = { userId: 'bob', sharedDocumentIds: [] };
    const { keyword } = await ports.index.search({ text: 'valve oven', visibleTo: seen, filters: {}, limit: 5 });
    assert.deepEqual(
      keyword.map(({ documentId }) => documentId),
      [kept.documentId],
    );
  });
});

/** A rebuild in which something happens after the first put. */
const after = (rebuild: IndexRebuild, happen: () => Promise<void>): IndexRebuild => ({
  async begin() {
    const next = await rebuild.begin();
    const put: typeof next.put = async (chunks) => {
      await next.put(chunks);
      await happen();
    };
    return { ...next, put };
  },
});
