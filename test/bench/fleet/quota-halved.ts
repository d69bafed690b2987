import { setTimeout as sleep } from 'node:timers/promises';
import { type Scenario, told } from '../scenario.ts';
import { between, course, series } from './measured.ts';
import { openOurCrew } from './our-crew.ts';
import { cpuRow, throttledRow, usedRow } from './rows.ts';
import { QUOTA, secondsOf, WARM_UP_SECONDS } from './settings.ts';

const WORKERS = 4;
const FOUND_OUT_WITHIN = 15;

/** Bedrock grants half of what the ledger was told, and says so by throttling alone. */
export const quotaHalved: Scenario = {
  summary: 'the quota halved in the run, which the workers are not told',
  async run({ quick, say }) {
    await using crew = await openOurCrew();
    await crew.add(WORKERS);
    await sleep(WARM_UP_SECONDS * 1_000);
    await crew.bedrock.change({ tokensPerMinute: QUOTA / 2 });
    say('the quota is halved');
    const halved = await series(crew, FOUND_OUT_WITHIN + secondsOf(quick) + (quick ? 0 : 15));
    const after = between(halved, FOUND_OUT_WITHIN);
    await crew.bedrock.change({ tokensPerMinute: QUOTA });
    say('the quota is whole again');
    const whole = await series(crew, quick ? 10 : 30);
    const what = `from ${FOUND_OUT_WITHIN} s after`;
    return [
      usedRow(`${what}, of the new one`, after, { target: 90, quota: QUOTA / 2 }),
      throttledRow(what, after, 1),
      cpuRow(what, after),
      told('% of the halved quota, each second', course(halved, QUOTA / 2)),
      told('% of the whole quota, each second after it came back', course(whole, QUOTA)),
    ];
  },
};
