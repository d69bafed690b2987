import type { Row, Scenario } from '../scenario.ts';
import { steady } from './measured.ts';
import { openOurCrew } from './our-crew.ts';
import { cpuRow, fairRow, throttledRow, usedRow } from './rows.ts';
import { secondsOf } from './settings.ts';

const CREWS = [1, 4, 16];

export const quotaUsed: Scenario = {
  summary: 'share of the token quota that 1, 4 and 16 worker processes use, throttled calls, fairness',
  async run({ quick, say }) {
    const rows: Row[] = [];
    for (const workers of CREWS) {
      await using crew = await openOurCrew();
      const figures = await steady(crew, workers, secondsOf(quick));
      const what = workers === 1 ? '1 worker' : `${workers} workers`;
      rows.push(usedRow(what, figures), throttledRow(what, figures));
      if (workers > 1) rows.push(fairRow(what, figures));
      rows.push(cpuRow(what, figures));
      say(`${what}: ${figures.chunksPerSecond.toFixed(0)} chunks/s`);
    }
    return rows;
  },
};
