import type { DocumentRef } from '../../common/domain/document.ts';

import { manualText } from './manual.ts';
import { megabytes, watchTree } from './process-tree.ts';
import { atMost, type Row, type Scenario, told } from './scenario.ts';
import { type System, startSystem, waitUntil, warmUp } from './system.ts';

const TARGET = 900;
/** The whole would take an hour: from some batches on, each is as the one before. */
const FULL = { bytes: 100e6, batches: 40 };
const QUICK = { bytes: 10e6, batches: 6 };
const SAMPLE_MS = 200;
const MINUTES_MOST = 30;

const textOf = (bytes: number): string => {
  const part = manualText(1e6, 3);
  return part.repeat(Math.ceil(bytes / part.length)).slice(0, bytes);
};

/** The largest sum while `work` goes on. */
const peakDuring = async (what: string, { pid }: System, work: () => Promise<void>): Promise<Row[]> => {
  await using watch = watchTree(pid, SAMPLE_MS);
  const started = performance.now();
  await work();
  const { rss, pss } = watch.peak;
  return [
    atMost({ what: `all processes at most, ${what}, sum of RSS`, value: megabytes(rss), target: TARGET, unit: 'MB' }),
    told(
      `${what}: sum of PSS, time`,
      `${megabytes(pss).toFixed(0)} MB, ${((performance.now() - started) / 1000).toFixed(0)} s`,
    ),
  ];
};

export const text100mb: Scenario = {
  summary: 'memory of all processes while a text file of 100 MB is ingested',
  async run({ quick, say }) {
    const { bytes, batches } = quick ? QUICK : FULL;
    await warmUp();
    await using system = await startSystem();
    const { ada, ports } = system;
    let ref: DocumentRef | undefined;
    const embedded = (count: number) => async () =>
      ref !== undefined && ((await ports.progress.get(ref))?.embedded ?? -1) >= count;
    const limits = { everyMs: 200, seconds: MINUTES_MOST * 60 };
    const extraction = await peakDuring('upload and extraction', system, async () => {
      ref = await ada.upload('large.txt', textOf(bytes));
      await waitUntil('the text to be cut', embedded(0), limits);
    });
    say(extraction.map(({ measured }) => measured).join(', '));
    const embedding = await peakDuring(`the first ${batches} batches embedded`, system, () =>
      waitUntil(`${batches} batches`, embedded(batches), limits),
    );
    return [...extraction, ...embedding];
  },
};
