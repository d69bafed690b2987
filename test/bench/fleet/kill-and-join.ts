import { setTimeout as sleep } from 'node:timers/promises';
import { type Scenario, told } from '../scenario.ts';
import { between, course, series } from './measured.ts';
import { openOurCrew } from './our-crew.ts';
import { cpuRow, fairRow, throttledRow, usedRow } from './rows.ts';
import { QUOTA, secondsOf, WARM_UP_SECONDS } from './settings.ts';

const BACK_WITHIN = 3;
const FAIR_WITHIN = 5;
const TARGET = 95;

/** Two of four are killed, and two others join. */
export const killAndJoin: Scenario = {
  summary: 'quota used after two of four workers are killed, and fairness after two others join',
  async run({ quick, say }) {
    await using crew = await openOurCrew();
    const [first = 0, second = 1] = await crew.add(4);
    await sleep(WARM_UP_SECONDS * 1_000);
    await crew.kill([first, second]);
    say('two of four are killed');
    const killed = await series(crew, BACK_WITHIN + secondsOf(quick));
    await crew.add(2);
    say('two have joined');
    const joined = await series(crew, FAIR_WITHIN + secondsOf(quick));
    const alone = between(killed, BACK_WITHIN);
    const together = between(onlyThese(joined, crew.members()), FAIR_WITHIN);
    return [
      usedRow(`from ${BACK_WITHIN} s after two were killed`, alone, { target: TARGET }),
      throttledRow('after two were killed', between(killed, 0)),
      fairRow(`from ${FAIR_WITHIN} s after two joined`, together),
      usedRow(`from ${FAIR_WITHIN} s after two joined`, together, { target: TARGET }),
      throttledRow('after two joined', between(joined, 0)),
      cpuRow('two workers', alone),
      cpuRow('four workers', together),
      told('% of the quota, each second from the kill', course(killed, QUOTA)),
      told('% of the quota, each second from the join', course(joined, QUOTA)),
    ];
  },
};

type Samples = Awaited<ReturnType<typeof series>>;

const onlyThese = (samples: Samples, members: readonly number[]): Samples =>
  samples.map((sample) => ({
    ...sample,
    members: new Map([...sample.members].filter(([member]) => members.includes(member))),
  }));
