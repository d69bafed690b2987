import { inProcessLedger } from '../../../common/adapters/quota/in-process-ledger.ts';
import { realClock } from '../../../common/runtime/clock.ts';
import { corpusJobs } from '../../bench/fleet/corpus.ts';
import { pacersOn, processPacers } from '../fleet/pacers.ts';
import { simulate } from '../fleet/run.ts';
import type { Measured } from '../fleet/sample.ts';
import { percent, rounded } from '../report/figures.ts';
import { tableOf } from '../report/table.ts';
import type { Job } from '../workload/workload.ts';
import { realRun } from './real-run.ts';
import { REGIMES, type Regime, simulated } from './regime.ts';

/** By how much a simulated figure may be off. */
const TOLERANCE = 0.05;

interface Compared {
  readonly regime: Regime;
  readonly workers: number;
  readonly figure: string;
  readonly measured: number;
  readonly simulated: number;
  readonly isShare: boolean;
  readonly isJudged: boolean;
}

/** Into how many calls the same texts go depends on how punctual the machine's timers are: told, and not judged. */
const FIGURES: readonly {
  name: string;
  of: (measured: Measured) => number;
  isShare: boolean;
  isJudged: boolean;
}[] = [
  { name: 'quota used', of: ({ used }) => used, isShare: true, isJudged: true },
  { name: 'throttled', of: ({ throttled }) => throttled, isShare: true, isJudged: true },
  { name: 'fairness', of: ({ fairness }) => fairness, isShare: true, isJudged: true },
  { name: 'chunks/s', of: ({ textsPerSecond }) => textsPerSecond, isShare: false, isJudged: true },
  {
    name: 'calls/s',
    of: ({ callsPerWorker, workers, seconds }) => (callsPerWorker * workers) / seconds,
    isShare: false,
    isJudged: false,
  },
];

/** Shares differ by points of a hundred; other figures by a share of what was measured. */
const offBy = ({ measured, simulated: model, isShare }: Pick<Compared, 'measured' | 'simulated' | 'isShare'>) =>
  isShare ? Math.abs(model - measured) : Math.abs(model / measured - 1);

/** Measures fleets of one process in real time and simulates the same. Returns a table, and whether all is near enough. */
export const compare = async (say: (text: string) => void) => {
  const jobs = await corpusJobs();
  const lines: Compared[] = [];
  for (const regime of REGIMES) {
    for (const workers of regime.fleets) {
      say(`${regime.name}, ${workers} workers: ${regime.lengthMs / 1_000} s\n`);
      lines.push(...(await compared(regime, workers, jobs)));
    }
  }
  return { table: tableFor(lines), isNear: lines.every((line) => !line.isJudged || offBy(line) <= TOLERANCE) };
};

const compared = async (regime: Regime, workers: number, jobs: readonly Job[]): Promise<Compared[]> => {
  const quota = { tokensPerMinute: regime.tokensPerMinute };
  const openPacer = pacersOn(inProcessLedger(quota), quota, { clock: realClock });
  const real = await realRun(regime, { jobs, workers, openPacer });
  const { phases } = await simulate(simulated(regime, workers, jobs), processPacers);
  return phases.flatMap((phase) =>
    FIGURES.map(({ name, of, isShare, isJudged }) => ({
      regime,
      workers,
      figure: name,
      measured: of(real),
      simulated: of(phase),
      isShare,
      isJudged,
    })),
  );
};

const tableFor = (lines: readonly Compared[]): string => {
  const shown = (value: number, { isShare }: Compared): string => (isShare ? percent(value, 2) : rounded(value));
  return tableOf<Compared>(
    [
      { title: 'bound by', cell: ({ regime }) => regime.name, isText: true },
      { title: 'workers', cell: ({ workers }) => String(workers) },
      { title: 'figure', cell: ({ figure }) => figure, isText: true },
      { title: 'measured', cell: (line) => shown(line.measured, line) },
      { title: 'simulated', cell: (line) => shown(line.simulated, line) },
      { title: 'off by', cell: (line) => percent(offBy(line)) },
    ],
    lines,
  );
};
