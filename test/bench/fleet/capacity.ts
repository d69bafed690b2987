import { atMost, type Scenario, told } from '../scenario.ts';
import { cpuOf } from './figures.ts';
import { steady } from './measured.ts';
import { openOurCrew } from './our-crew.ts';
import { QUOTA, QUOTA_OF_CAPACITY } from './settings.ts';

const WORKERS = 4;
const SECONDS = 5;

/** Without any quota and with answers at once, the processor is what bounds. */
export const capacity: Scenario = {
  summary: 'what the processor could do, of which the quota is a quarter at most',
  async run() {
    await using crew = await openOurCrew({ stub: { tokensPerMinute: null, latencyMs: 0 } });
    const figures = await steady(crew, WORKERS, SECONDS);
    const share = QUOTA / (figures.tokensPerSecond * 60);
    return [
      atMost({ what: 'the quota : what the processor could do', value: share, target: QUOTA_OF_CAPACITY, digits: 2 }),
      told(`${WORKERS} workers without a quota`, `${figures.chunksPerSecond.toFixed(0)} chunks/s; ${cpuOf(figures)}`),
    ];
  },
};
