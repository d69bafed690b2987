import { setTimeout as sleep } from 'node:timers/promises';

import { manualText } from './manual.ts';
import { megabytes, memoryOf, treeMemory, treeOf } from './process-tree.ts';
import { atMost, type Row, type Scenario, told } from './scenario.ts';
import { ready, startSystem, warmUp } from './system.ts';

const TARGET = 350;
const SETTLED_SECONDS = 3;
const FULL = { characters: 1e6, idleSeconds: 90 };
const QUICK = { characters: 50_000, idleSeconds: 75 };

const look = async (pid: number, when: string): Promise<Row[]> => {
  const { rss, pss } = await treeMemory(pid);
  const each = await Promise.all((await treeOf(pid)).map(memoryOf));
  const parts = each.map((one) => megabytes(one.rss).toFixed(0));
  return [
    atMost({ what: `all processes, ${when}, sum of RSS`, value: megabytes(rss), target: TARGET, unit: 'MB' }),
    told(`${when}: each process`, `${parts.join(' + ')} MB`),
    told(`${when}: sum of PSS`, `${megabytes(pss).toFixed(0)} MB`),
  ];
};

export const idle: Scenario = {
  summary: 'memory of all processes with nothing to do',
  async run({ quick, say }) {
    const { characters, idleSeconds } = quick ? QUICK : FULL;
    await warmUp();
    await using system = await startSystem();
    await sleep(SETTLED_SECONDS * 1000);
    const atStart = await look(system.pid, 'right after the start');
    await ready(system, await system.ada.upload('manual.txt', manualText(characters)));
    for (let n = 0; n < 20; n++) await system.ada.search(`how is valve ${n} cleaned`);
    const [busy] = await look(system.pid, 'just after work');
    say(`waiting ${idleSeconds} s; just after work it has ${busy?.measured}`);
    await sleep(idleSeconds * 1000);
    return [...atStart, ...(await look(system.pid, `${idleSeconds} s after ingesting and searching`))];
  },
};
