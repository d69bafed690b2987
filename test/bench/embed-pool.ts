import type { Embedder } from '../../common/ports/embedder.ts';
import type { Rate } from './embed-bare.ts';

export interface PoolLoad {
  readonly embedder: Embedder;
  /** Those of one request. */
  readonly texts: readonly string[];
  /** Requests that are under way at once. */
  readonly callers: number;
}

/** Keeps an embedder busy for so long, once its threads run. The processor's time is that of the whole process. */
export const poolRate = async ({ embedder, texts, callers }: PoolLoad, seconds: number): Promise<Rate> => {
  const { signal } = new AbortController();
  const ask = () => embedder.embed(texts, { group: 'bench', signal });
  await Promise.all(Array.from({ length: callers }, ask)); // starts all threads
  const cpu = process.cpuUsage();
  const started = performance.now();
  const isOver = () => performance.now() - started > seconds * 1000;
  const counts = Array.from({ length: callers }, async () => {
    let done = 0;
    while (!isOver()) done += (await ask()).length;
    return done;
  });
  const done = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (done / (performance.now() - started)) * 1000,
    perCpuSecond: (done / (user + system)) * 1e6,
  };
};

/** The waits of queries, one after another, in ms, shortest first, while texts keep an embedder busy. */
export const queryWaits = async ({ embedder, texts, callers }: PoolLoad, queries: number): Promise<number[]> => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const load = Array.from({ length: callers }, async () => {
    while (!signal.aborted) await embedder.embed(texts, { group: 'bench', signal }).catch(() => {});
  });
  const waits: number[] = [];
  for (let query = 0; query < queries; query++) {
    const asked = performance.now();
    await embedder.embedQuery(`how to reset password number ${query}`);
    waits.push(performance.now() - asked);
  }
  stopping.abort();
  await Promise.all(load);
  return waits.toSorted((a, b) => a - b);
};
