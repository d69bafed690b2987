import type { Clock } from '../../../common/runtime/clock.ts';
import type { Random } from '../engine/random.ts';
import { CHARACTERS_PER_TOKEN, type CorpusSettings, jobSource, textsPerDocument } from './job-source.ts';
import type { Job, OpenWorkload, Workload } from './workload.ts';

/** What a standard queue of SQS gives out at once before it answers OverLimit. */
export const IN_FLIGHT_MOST = 120_000;

const LATENCY_MS = 12;
const SPREAD = 0.3;
const LONG_POLL_MS = 20_000;
const OVER_LIMIT_MS = 1_000;

export interface QueueOptions extends CorpusSettings {
  readonly visibilitySeconds: number;
  /** What Bedrock counts for each token that we estimate. */
  readonly tokensPerEstimated: number;
  readonly inFlightMost?: number;
}

/** Documents on a queue of SQS; its backlog is made up as it is received. */
export const queueWorkload =
  (options: QueueOptions): OpenWorkload =>
  (parts) =>
    openQueue(options, parts);

const openQueue = (options: QueueOptions, { clock, random }: { clock: Clock; random: Random }): Workload => {
  const { documents, visibilitySeconds, tokensPerEstimated, inFlightMost = IN_FLIGHT_MOST } = options;
  const source = jobSource(options, random.fork());
  const back: Job[] = [];
  const counted = { received: 0, settled: 0, redelivered: 0, inFlightMost: 0, overLimit: 0 };
  let inFlight = 0;

  const next = (): Job | undefined => {
    const again = back.shift();
    if (again !== undefined) counted.redelivered += 1;
    return again ?? source.next();
  };

  const taken = (most: number): Job[] => {
    const jobs: Job[] = [];
    while (jobs.length < most && inFlight < inFlightMost) {
      const job = next();
      if (job === undefined) break;
      inFlight += 1;
      jobs.push(job);
    }
    counted.received += jobs.length;
    counted.inFlightMost = Math.max(counted.inFlightMost, inFlight);
    return jobs;
  };

  const jobs = {
    async receive(most: number) {
      await clock.sleep(random.logNormal(LATENCY_MS, SPREAD));
      const isFull = inFlight >= inFlightMost;
      if (isFull) counted.overLimit += 1;
      const received = taken(most);
      if (received.length === 0) await clock.sleep(isFull ? OVER_LIMIT_MS : LONG_POLL_MS);
      return received;
    },
    async settle() {
      await clock.sleep(random.logNormal(LATENCY_MS, SPREAD));
      inFlight -= 1;
      counted.settled += 1;
    },
    abandon(lost: readonly Job[]) {
      for (const job of lost) {
        const heartbeat = random.next() / 3; // its last one may be a third of the visibility timeout ago
        clock.after(visibilitySeconds * 1_000 * (1 - heartbeat), () => {
          inFlight -= 1;
          back.push(job);
        });
      }
    },
  };

  return {
    documents,
    textsPerDocument: textsPerDocument(options),
    jobsOf: () => jobs,
    countTokens: (text) => Math.ceil(text.length / CHARACTERS_PER_TOKEN) * tokensPerEstimated,
    begun: source.begun,
    isEbbing: () => source.isExhausted() && inFlight < counted.inFlightMost / 2,
    isDrained: () => source.isExhausted() && inFlight === 0 && back.length === 0,
    counters: () => ({ ...counted }),
  };
};
