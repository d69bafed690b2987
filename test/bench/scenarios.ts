import { flatCost } from './flat-cost.ts';
import { idle } from './idle.ts';
import { ingestThroughput } from './ingest-throughput.ts';
import { latencyWhileIngesting } from './latency-while-ingesting.ts';
import type { Scenario } from './scenario.ts';
import { search50k, search50Users } from './search-scenarios.ts';
import { smallFileLatency } from './small-file-latency.ts';
import { text100mb } from './text-100mb.ts';
import { upload1gb } from './upload-1gb.ts';

/** All that `npm run bench` measures, in the order of the table. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'ingest-throughput': ingestThroughput,
  'latency-while-ingesting': latencyWhileIngesting,
  'search-50k': search50k,
  'search-50-users': search50Users,
  'upload-1gb': upload1gb,
  idle,
  'text-100mb': text100mb,
  'flat-cost': flatCost,
  'small-file-latency': smallFileLatency,
};
