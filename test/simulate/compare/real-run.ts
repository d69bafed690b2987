import { setTimeout as sleep } from 'node:timers/promises';
import { bedrockEmbedder } from '../../../common/adapters/aws/bedrock/embedder.ts';
import type { Pacer } from '../../../common/adapters/aws/bedrock/pacer.ts';
import { spawnBedrockStub } from '../../support/bedrock-stub/process.ts';
import { clientOf } from '../../support/bedrock-stub/temporary-bedrock.ts';
import { type Measured, measuredBetween, type Sample } from '../fleet/sample.ts';
import { beginningOf } from '../workload/loop.ts';
import type { Job } from '../workload/workload.ts';
import type { Regime } from './regime.ts';

const MODEL = 'cohere.embed-v4:0';

interface Embedding extends AsyncDisposable {
  tokens(): number;
}

/** One embedder of the program, with as many jobs under way as it has slots, until it is disposed of. */
const openEmbedding = (
  url: string,
  { pacer, slots, jobs, worker }: { pacer: Pacer; slots: number; jobs: readonly Job[]; worker: number },
): Embedding => {
  const client = clientOf(url);
  const stopping = new AbortController();
  let spent = 0;
  const embedder = bedrockEmbedder({ client, model: MODEL, pacer, onCall: ({ tokens = 0 }) => (spent += tokens) });
  let next = beginningOf(worker, jobs.length);
  const slot = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { texts, group } = jobs[next++ % jobs.length] as Job;
      await embedder.embed(texts, { group, signal: stopping.signal }).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
    }
  };
  const slotsEnded = Promise.all(Array.from({ length: slots }, slot));
  return {
    tokens: () => spent,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await slotsEnded;
      await embedder[Symbol.asyncDispose]();
      client.destroy();
    },
  };
};

/** Measures embedders in this process, in real time, on a stub of Bedrock in another. */
export const realRun = async (
  regime: Regime,
  { jobs, workers, openPacer }: { jobs: readonly Job[]; workers: number; openPacer: () => Pacer },
): Promise<Measured> => {
  await using stack = new AsyncDisposableStack();
  const { tokensPerMinute, burstSeconds, latencyMs, msPerText, warmUpMs, lengthMs } = regime;
  const limits = { tokensPerMinute, burstSeconds, latencyMs, msPerText };
  const bedrock = stack.use(await spawnBedrockStub({ ...limits, vectors: 'canned' }));
  const embeddings = Array.from({ length: workers }, (_, worker) =>
    stack.use(openEmbedding(bedrock.url, { pacer: openPacer(), slots: regime.slots, jobs, worker })),
  );
  const started = performance.now();
  const sample = async (): Promise<Sample> => {
    const [counters = { calls: 0, texts: 0, tokens: 0, throttled: 0 }] = Object.values(await bedrock.counters());
    const atMs = performance.now() - started;
    return {
      atMs,
      allowed: (tokensPerMinute * atMs) / 60_000,
      bedrock: counters,
      ledger: { writes: 0, throttled: 0 },
      workers: new Map(embeddings.map((embedding, id) => [id, embedding.tokens()])),
    };
  };
  await sleep(warmUpMs);
  const before = await sample();
  await sleep(lengthMs - warmUpMs);
  return measuredBetween(before, await sample());
};
