import assert from 'node:assert/strict';
import { CHUNKS_PER_BATCH, type DocumentChunk } from '../../common/domain/chunk.ts';
import { batchKey } from '../../common/domain/keys.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { chunkIdOf } from '../../common/runtime/chunk-id.ts';
import { json } from '../../common/runtime/json.ts';
import { register } from '../support/account.ts';
import { type AwsFleet, openAwsFleet } from '../support/aws/fleet.ts';
import { aDocument } from '../support/documents.ts';
import { assertWhole, atRest } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';

const WASTE_MOST = 0.01;

/** A document in processing whose batches, of texts that no other has, wait for the embed stage. */
const waiting = async (ports: Ports, userId: string, batchCount: number): Promise<void> => {
  const document = aDocument({ userId });
  const { documentId, generation } = document;
  await ports.documents.create(document);
  await ports.progress.begin(document, { batchCount, chunkCount: batchCount * CHUNKS_PER_BATCH });
  for (let batch = 0; batch < batchCount; batch += 1) {
    const chunks = Array.from({ length: CHUNKS_PER_BATCH }, (_, n): DocumentChunk => {
      const chunkIndex = batch * CHUNKS_PER_BATCH + n;
      const content = `${userId} ${chunkIndex} ${prose(1, chunkIndex)}`;
      return {
        chunkId: chunkIdOf(document, chunkIndex),
        userId,
        documentId,
        chunkIndex,
        content,
        startPosition: 0,
        endPosition: content.length,
        metadata: { wordCount: 1, charCount: content.length },
        createdAt: document.uploadDate,
      };
    });
    await ports.blobs.put(batchKey(document, batch), json(chunks));
    await ports.queue.send([{ stage: 'embed', group: userId, body: { userId, documentId, generation, batch } }]);
  }
};

const textsPaid = async ({ bedrock }: AwsFleet): Promise<number> =>
  Object.values(await bedrock.counters()).reduce((sum, { texts }) => sum + texts, 0);

const jobsDone = async ({ home }: AwsFleet): Promise<number> => (await home.ports.queue.depth('index')).visible;

describe('kill -9 of an embed worker', function () {
  this.timeout(300_000);

  for (const { users, batches } of [
    { users: 1, batches: 200 },
    { users: 10, batches: 20 },
  ]) {
    it(`wastes no more than a hundredth of what is paid for: ${users} users with ${batches} batches each`, async () => {
      const env = { EMBED_TOKENS_PER_MINUTE: '600000' }; // of texts of 30 tokens
      await using fleet = await openAwsFleet({ bedrock: { latencyMs: 100 }, env, visibilitySeconds: 15 });
      for (let user = 0; user < users; user += 1) await waiting(fleet.home.ports, `user-${user}`, batches);
      const texts = users * batches * CHUNKS_PER_BATCH;
      const [doomed] = [fleet.worker('embed'), fleet.worker('embed')];
      await until('a third of it', async () => (await textsPaid(fleet)) > texts / 3, 120);
      await doomed.kill();
      await until('all of it', async () => (await jobsDone(fleet)) >= users * batches, 180);
      const wasted = (await textsPaid(fleet)) - texts;
      assert.ok(wasted <= WASTE_MOST * texts, `${wasted} of ${texts} texts were embedded twice`);
    });
  }
});

describe('a text that its owner has paid for', function () {
  this.timeout(120_000);

  it('costs nothing in a second document, and an edited one costs what was edited', async () => {
    await using fleet = await openAwsFleet();
    const { ports } = fleet.home;
    const account = await register((await fleet.api()).url);
    fleet.worker();
    const text = prose(200);
    const paidFor = async (work: () => Promise<unknown>): Promise<number> => {
      const before = await textsPaid(fleet);
      await work();
      await atRest(ports, account.userId);
      return (await textsPaid(fleet)) - before;
    };
    let documentId = '';
    const first = await paidFor(async () => {
      documentId = await account.upload('replaced.txt', text);
    });
    assert.ok(first > 10, `${first} texts`);
    assert.equal(await paidFor(() => account.upload('replaced.txt', text)), 0);
    const edited = text.replace('In part 1.70 ', 'IN PART 1.70 ');
    assert.equal(await paidFor(() => account.replace(documentId, edited)), 1);
    const old = () => ports.index.chunkIds({ userId: account.userId, documentId }, 1);
    await until('the index to show what has gone', async () => (await old()).length === 0, 10);
    await assertWhole(ports, account.userId);
  });
});
