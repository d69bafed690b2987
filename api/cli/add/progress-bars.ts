import { MultiBar, type SingleBar } from 'cli-progress';
import { padEnd } from '../terminal/text.ts';
import type { AddProgress } from './tally.ts';

/** Shows how far an `add` is. */
export interface ProgressView {
  show(progress: AddProgress): void;
  /** A line among the bars. */
  note(text: string): void;
  stop(): void;
}

type Stage = keyof Pick<AddProgress, 'uploaded' | 'extracted' | 'embedded' | 'indexed'>;

const STAGES: readonly Stage[] = ['uploaded', 'extracted', 'embedded', 'indexed'];
const NAME_COLUMNS = 9;
const BAR_COLUMNS = 30;
const BARS_A_SECOND = 8;
const LINE_EVERY_MS = 5_000;

const totalOf = (stage: Stage, { files, documents }: AddProgress): number => (stage === 'uploaded' ? files : documents);

const percent = (value: number, total: number): number => (total === 0 ? 0 : Math.floor((100 * value) / total));

/** One bar for each stage. @param stages of which nothing else is shown */
export const progressBars = (stream: NodeJS.WritableStream, stages: readonly Stage[] = STAGES): ProgressView => {
  const bars = new MultiBar({
    stream,
    fps: BARS_A_SECOND,
    barsize: BAR_COLUMNS,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    emptyOnZero: true,
    // Ctrl-C is ours: what is under way is told before the end.
    gracefulExit: false,
    format: '{name} {bar} {percent} %  {done} of {files}',
  });
  const shown = new Map<Stage, SingleBar>();
  for (const stage of stages) {
    const payload = { name: padEnd(stage, NAME_COLUMNS), percent: '  0', done: 0, files: 0 };
    shown.set(stage, bars.create(0, 0, payload));
  }
  return {
    show(progress) {
      for (const [stage, bar] of shown) {
        const total = totalOf(stage, progress);
        const value = progress[stage];
        bar.setTotal(total);
        const files = `${total}${progress.counting ? '+' : ''}`;
        bar.update(value, { percent: String(percent(value, total)).padStart(3), done: Math.floor(value), files });
      }
    },
    note: (text) => bars.log(`${text}\n`),
    stop: () => bars.stop(),
  };
};

/** A line now and then, where it goes to a file or a log. @param now milliseconds */
export const progressLines = (
  write: (line: string) => void,
  { stages = STAGES, now = () => performance.now() }: { stages?: readonly Stage[]; now?: () => number } = {},
): ProgressView => {
  let next = now() + LINE_EVERY_MS;
  return {
    show(progress) {
      if (now() < next) return;
      next = now() + LINE_EVERY_MS;
      write(stages.map((stage) => `${stage} ${Math.floor(progress[stage])}/${totalOf(stage, progress)}`).join(', '));
    },
    note: write,
    stop: () => {},
  };
};

/** Where nobody waits for the processing. */
export const UPLOADS_ONLY: readonly Stage[] = ['uploaded'];
