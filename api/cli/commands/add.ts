import { addPaths } from '../add/add-paths.ts';
import { type AddSummary, type FileOutcome, summing } from '../add/outcome.ts';
import { type ProgressView, progressBars, progressLines, UPLOADS_ONLY } from '../add/progress-bars.ts';
import { printAddSummary } from '../add/report.ts';
import { type Context, command } from '../command.ts';
import { EXIT, type Exit } from '../exit.ts';
import { duration } from '../terminal/figures.ts';
import { harmless } from '../terminal/text.ts';

const QUIET_MS = 5_000;
/** What is being done here, without being told. */
const TRY_AGAIN = / Try again\.$/;

const viewOf = ({ progress, out }: Context, wait: boolean): ProgressView => {
  const stages = wait ? undefined : UPLOADS_ONLY;
  return progress.isTTY === true ? progressBars(progress, stages) : progressLines(out.note, stages ? { stages } : {});
};

/** Several uploads wait for the same thing: it is said once in a while. */
const waitNotes = (view: ProgressView) => {
  let quietUntil = 0;
  return ({ message }: Error, seconds: number): void => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + QUIET_MS;
    view.note(`${harmless(message.replace(TRY_AGAIN, ''))} Waiting ${duration(Math.max(1, seconds))}.`);
  };
};

/** No file at all, whatever else was met. */
const isNothing = ({ counts }: AddSummary): boolean =>
  Object.entries(counts).every(([kind, count]) => kind === 'skipped' || count === 0);

const exitFor = (summary: AddSummary, { out }: Context): Exit => {
  if (summary.counts.failed > 0) return EXIT.failed;
  if (!isNothing(summary)) return EXIT.done;
  out.note('There was nothing to add.');
  return EXIT.nothing;
};

export const add = command({
  summary: 'Bring files and folders to the assistant',
  operands: '<files or folders...>',
  count: [1, Number.POSITIVE_INFINITY],
  options: {
    tag: { type: 'string', short: 't', multiple: true, value: 'TAG', help: 'tag new documents with this; repeatable' },
    'no-wait': { type: 'boolean', help: 'end when all is uploaded, before it is processed' },
  },
  about: [
    'Folders are searched through all levels. Left out are what .gitignore files leave out, folders of packages, caches',
    'and version control (.git, node_modules, ...), links, binary and empty files. A document is named by its path from',
    'its folder on: `docs/guide.md` for `add docs`. What is there already and has not changed is not sent again; what has',
    'changed replaces the old content, which can be searched until the new one is ready.',
    '',
    'Files over 5 MB go in parts, straight to where the server keeps them; what breaks off goes on where it was.',
    'A server that is busy, full or just being restarted is waited for. Ctrl-C stops; what was uploaded by then goes on',
    'being processed, and the same command again takes up the rest. Exit code 1 when a file or document failed, or one',
    'that you named yourself cannot be taken; 5 when there was nothing to add. With --json: a line for each file, when it',
    'is known what became of it, and the sums at the end.',
  ],
  examples: [
    ['add docs README.md', 'a folder and a file'],
    ['add --tag handbook --no-wait ~/handbook', 'in the background'],
    ['add --json src | jq -r \'select(.outcome == "failed") | .fileName\'', 'for a script'],
  ],
  async run({ tag, 'no-wait': noWait = false }, paths, context) {
    const { client, config, out, signal } = context;
    const view = viewOf(context, !noWait);
    const told = summing();
    const started = performance.now();
    const onOutcome = (outcome: FileOutcome): void => {
      told.take(outcome);
      out.value(outcome);
    };
    try {
      const summary = await addPaths(client, paths, {
        workingFolder: config.workingFolder,
        tags: tag,
        wait: !noWait,
        signal,
        onOutcome,
        onProgress: (progress) => view.show(progress),
        onWait: waitNotes(view),
      });
      view.stop();
      printAddSummary(out, summary);
      out.note(`Done in ${duration((performance.now() - started) / 1000)}.`);
      out.value({ summary });
      return exitFor(summary, context);
    } catch (error) {
      view.stop();
      printAddSummary(out, told.summary());
      out.value({ summary: told.summary() });
      throw error;
    }
  },
});
