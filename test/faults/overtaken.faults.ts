import assert from 'node:assert/strict';
import type { StageName } from '../../common/domain/stage-name.ts';
import { register } from '../support/account.ts';
import type { Fleet } from '../support/fleet.ts';
import { assertErased, assertWhole, atRest, documentsOf } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';

const STAGES = ['extract', 'embed', 'index'] as const;

/** What must hold when a document is deleted, replaced or reprocessed while a stage works on it. */
export const overtakenFaults = (home: string, open: () => Promise<Fleet>) =>
  describe(`a document that is overtaken: ${home}`, function () {
    this.timeout(300_000);

    for (const stage of STAGES) {
      it(`by its deletion, in the ${stage} stage, leaves nothing`, async () => {
        await using scene = await documentAt(stage, open);
        const { fleet, account, documentId } = scene;
        const receiptId = await account.remove(documentId);
        const { status } = await account.send('GET', `/v1/documents/${documentId}`);
        assert.equal(status, 404, 'gone at once');
        await scene.finish();
        await until('the receipt', async () => {
          const { body } = await account.send('GET', `/v1/deletions/${receiptId}`);
          return body['status'] === 'completed';
        });
        await atRest(fleet.home.ports, account.userId);
        await assertErased(fleet.home.ports, { userId: account.userId, documentId, generation: 1 });
        assert.deepEqual(await fleet.home.ports.blobs.list('documents/'), []);
      });

      it(`by new content, in the ${stage} stage, is served with the new content alone`, async () => {
        await using scene = await documentAt(stage, open);
        const { fleet, account, documentId } = scene;
        await account.replace(documentId, 'The new torque is forty newton metres.');
        await scene.finish();
        await atRest(fleet.home.ports, account.userId);
        await assertWhole(fleet.home.ports, account.userId);
        const [document] = await documentsOf(fleet.home.ports, account.userId);
        assert.equal(document?.servedGeneration, 2);
        assert.equal(document.searchableContent.preview, 'The new torque is forty newton metres.');
      });

      it(`by being processed again, in the ${stage} stage, is served once`, async () => {
        await using scene = await documentAt(stage, open);
        const { fleet, account, documentId } = scene;
        const { status } = await account.send('POST', `/v1/documents/${documentId}/reprocess`);
        assert.equal(status, 202);
        await scene.finish();
        await atRest(fleet.home.ports, account.userId);
        await assertWhole(fleet.home.ports, account.userId);
      });
    }
  });

/** A document whose job the given stage has just begun; `finish` starts what is missing. */
const documentAt = async (stage: StageName, open: () => Promise<Fleet>) => {
  await using stack = new AsyncDisposableStack();
  const fleet = stack.use(await open());
  const { url } = await fleet.api();
  const account = await register(url);
  const before = STAGES.slice(0, STAGES.indexOf(stage));
  if (before.length > 0) fleet.worker(...before);
  const documentId = await account.upload('manual.txt', prose(400));
  const { queue } = fleet.home.ports;
  await until(`a job for ${stage}`, async () => (await queue.depth(stage)).visible > 0);
  fleet.worker(stage);
  await until(`${stage} to begin`, async () => (await queue.depth(stage)).visible === 0);
  const missing = STAGES.filter((other) => other !== stage && !before.includes(other));
  const owned = stack.move();
  return {
    fleet,
    account,
    documentId,
    async finish() {
      if (missing.length > 0) fleet.worker(...missing);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
