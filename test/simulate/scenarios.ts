import pipeline from '../../common/pipeline.json' with { type: 'json' };
import { TOKENS_PER_ESTIMATED, WORKER } from './fleet/defaults.ts';
import type { Scenario } from './fleet/scenario.ts';
import type { Options } from './options.ts';
import { queueWorkload } from './workload/queue.ts';

const WARM_UP_MS = 15_000;
const MS_PER_TEXT = 2;
const LATENCY_SPREAD = 0.3;

/** One fleet of those that the options name. */
export const scenarioOf = (options: Options, workers: number): Scenario => ({
  workers,
  seed: options.seed,
  openWorkload: queueWorkload({
    documents: options.documents,
    chunksPerDocument: options.chunks,
    tokensPerChunk: options.tokens,
    users: options.users,
    visibilitySeconds: pipeline.embed.visibilitySeconds,
    tokensPerEstimated: TOKENS_PER_ESTIMATED,
  }),
  bedrock: {
    tokensPerMinute: options.quota,
    requestsPerMinute: options.requests,
    burstSeconds: options.burst,
    latencyMs: options.latency,
    msPerText: MS_PER_TEXT,
    spread: LATENCY_SPREAD,
  },
  worker: WORKER,
  indexChunksPerSecond: options.index,
  warmUpMs: WARM_UP_MS,
  lengthMs: options.seconds * 1_000,
  events: options.events,
});
