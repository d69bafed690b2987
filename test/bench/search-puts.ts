import type { SearchIndex } from '../../common/ports/search-index.ts';
import { chunkOf, numbersFrom } from './search-corpus.ts';
import { percentile } from './search-times.ts';

export interface PutCost {
  /** How many were there before. */
  readonly documents: number;
  /** Of one put of a document of one chunk. */
  readonly p50: number;
  /** CPU time of the process, all threads, mean: it does not count waits for the disk. */
  readonly cpu: number;
}

/** Documents over which a cost is measured. */
const SAMPLE = 1_000;

/** What it costs, in ms, to put one more small document when so many are there. @param marks ascending */
export const putCosts = async (index: SearchIndex, marks: readonly number[]): Promise<PutCost[]> => {
  const next = numbersFrom(3);
  const costs: PutCost[] = [];
  let documents = 0;
  const putMore = async (count: number): Promise<number[]> => {
    const times: number[] = [];
    for (const end = documents + count; documents < end; documents++) {
      const chunk = { ...chunkOf(0, documents, next), documentId: `small-${documents}` };
      const started = performance.now();
      await index.put([chunk]);
      times.push(performance.now() - started);
    }
    return times.sort((a, b) => a - b);
  };
  for (const mark of marks) {
    await putMore(mark - documents);
    const before = process.cpuUsage();
    const times = await putMore(SAMPLE);
    const { user, system } = process.cpuUsage(before);
    costs.push({ documents: mark, p50: percentile(times, 0.5), cpu: (user + system) / 1_000 / SAMPLE });
  }
  return costs;
};
