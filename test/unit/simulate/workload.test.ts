import assert from 'node:assert/strict';
import { seededRandom } from '../../simulate/engine/random.ts';
import { virtualTime } from '../../simulate/engine/virtual-time.ts';
import { loopWorkload } from '../../simulate/workload/loop.ts';
import { queueWorkload } from '../../simulate/workload/queue.ts';
import type { Job } from '../../simulate/workload/workload.ts';

const CORPUS = { chunksPerDocument: 8, tokensPerChunk: 230, users: 3, visibilitySeconds: 60, tokensPerEstimated: 1.1 };

const LONG_MS = 100_000;

const aQueue = (documents: number, inFlightMost?: number) => {
  const { clock, elapsed, run } = virtualTime();
  const open = queueWorkload({ ...CORPUS, documents, ...(inFlightMost !== undefined && { inFlightMost }) });
  const workload = open({ clock, random: seededRandom(1) });
  const jobs = workload.jobsOf(0);
  const receive = async (most: number): Promise<Job[]> => {
    const received = jobs.receive(most);
    await run(elapsed() + LONG_MS);
    return received;
  };
  return { workload, jobs, receive };
};

describe('A queue of documents, simulated', () => {
  it('gives out the chunks of a document in jobs of 96 at most, and ends', async () => {
    const { workload, jobs, receive } = aQueue(50);
    const received = await receive(1_000);
    assert.ok(received.every(({ texts }) => texts.length >= 1 && texts.length <= 96));
    assert.equal(workload.begun().documents, 50);
    assert.equal(received.flatMap(({ texts }) => texts).length, workload.begun().texts);
    for (const job of received) void jobs.settle(job);
    assert.deepEqual(await receive(1), []);
    assert.ok(workload.isDrained());
  });

  it('gives the jobs of a killed worker to another when their leases have lapsed', async () => {
    const { workload, jobs, receive } = aQueue(5);
    const received = await receive(1_000);
    jobs.abandon(received);
    assert.ok(!workload.isDrained());
    const again = [...(await receive(1_000)), ...(await receive(1_000))];
    assert.deepEqual(new Set(again), new Set(received));
    assert.equal(workload.counters().redelivered, received.length);
  });

  it('gives nothing out beyond what may be in flight', async () => {
    const { workload, receive } = aQueue(1_000, 120);
    assert.equal((await receive(200)).length, 120);
    assert.equal((await receive(1)).length, 0);
    assert.equal(workload.counters().overLimit, 1);
  });
});

describe('The jobs of the benchmark, simulated', () => {
  it('begin in another place for each worker, and begin again after the last', async () => {
    const jobs = Array.from({ length: 10 }, (_, n) => ({ group: 'a user', texts: [`text ${n}`] }));
    const { clock } = virtualTime();
    const workload = loopWorkload(jobs, (text) => text.length)({ clock, random: seededRandom(1) });
    const first = await workload.jobsOf(0).receive(11);
    const second = await workload.jobsOf(1).receive(1);
    assert.deepEqual(first.map(({ texts }) => texts[0]).slice(8), ['text 8', 'text 9', 'text 0']);
    assert.deepEqual(second[0]?.texts, ['text 6']);
  });
});
