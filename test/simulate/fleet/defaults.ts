import pipeline from '../../../common/pipeline.json' with { type: 'json' };
import type { WorkerSettings } from './worker.ts';

/** What Bedrock counts for each token that we estimate: English prose, as the stub's models cut it. */
export const TOKENS_PER_ESTIMATED = 1.1;

/**
 * The program's own settings of an embed worker on Cohere Embed v4, and what its work costs: 65 us of computing a text
 * and 15 ms a job were measured; reads and writes are a few calls of S3 and DynamoDB one after the other.
 */
export const WORKER: WorkerSettings = {
  slots: pipeline.embed.concurrency,
  textsPerCall: 96,
  tokensPerCall: 64_000,
  lingerMs: 25,
  callsInFlight: 8,
  patienceMs: 30_000,
  msPerText: 0.065,
  msPerJob: 15,
  readMs: 40,
  writeMs: 60,
};
