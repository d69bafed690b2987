import type { Job, OpenWorkload } from './workload.ts';

/** Spreads the workers' beginnings over the jobs, as the benchmark of the fleet does. */
const GOLDEN = 0.618_034;

/** Where the n-th worker begins. */
export const beginningOf = (worker: number, jobs: number): number => Math.floor((jobs * worker * GOLDEN) % jobs);

/** The same jobs over and over, at no cost, and for each worker by itself. @param jobs not empty */
export const loopWorkload = (jobs: readonly Job[], countTokens: (text: string) => number): OpenWorkload => {
  const counted = new Map<string, number>();
  const countOnce = (text: string): number => {
    const known = counted.get(text) ?? countTokens(text);
    counted.set(text, known);
    return known;
  };
  return () => {
    const counters = { received: 0, settled: 0, redelivered: 0, inFlightMost: 0, overLimit: 0 };
    let texts = 0;
    const given = (job: Job): Job => {
      counters.received += 1;
      counters.inFlightMost = Math.max(counters.inFlightMost, counters.received - counters.settled);
      texts += job.texts.length;
      return job;
    };
    return {
      documents: Number.POSITIVE_INFINITY,
      textsPerDocument: 1,
      jobsOf(worker) {
        let next = beginningOf(worker, jobs.length);
        return {
          receive: async (most) => Array.from({ length: most }, () => given(jobs[next++ % jobs.length] as Job)),
          async settle() {
            counters.settled += 1;
          },
          abandon() {},
        };
      },
      countTokens: countOnce,
      begun: () => ({ documents: counters.received, texts }),
      isEbbing: () => false,
      isDrained: () => false,
      counters: () => ({ ...counters }),
    };
  };
};
