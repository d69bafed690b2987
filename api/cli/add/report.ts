import { counted } from '../terminal/figures.ts';
import type { Output } from '../terminal/output.ts';
import { clipStart, harmless, padEnd, padStart, wrap } from '../terminal/text.ts';
import { type AddSummary, type FileOutcome, OUTCOMES, type OutcomeKind } from './outcome.ts';

const MEANING: Record<OutcomeKind, string> = {
  added: 'new documents',
  replaced: 'documents with new content',
  retried: 'documents that had failed before, processed again',
  unchanged: 'documents that were there already',
  skipped: 'files that hold no text to read',
  failed: 'files that could not be taken or read',
};
const ALWAYS_SHOWN: readonly OutcomeKind[] = ['added', 'replaced', 'unchanged', 'skipped', 'failed'];
/** Of each kind; --json tells all. */
const MAX_NAMED = 50;
const NAME_SHARE = 0.45;

const reasonLines = ({ fileName, reason = '' }: FileOutcome, nameColumns: number, columns: number): string[] => {
  const [first = '', ...rest] = wrap(harmless(reason), columns - nameColumns - 4);
  const name = padEnd(clipStart(harmless(fileName), nameColumns), nameColumns);
  return [`  ${name}  ${first}`, ...rest.map((line) => `  ${' '.repeat(nameColumns)}  ${line}`)];
};

const named = (kind: OutcomeKind, { notable, counts }: AddSummary, out: Output): string[] => {
  const all = notable.filter(({ outcome }) => outcome === kind);
  if (all.length === 0) return [];
  const shown = all.slice(0, MAX_NAMED);
  const longest = Math.max(...shown.map(({ fileName }) => fileName.length));
  const nameColumns = Math.min(longest, Math.floor(out.tableColumns * NAME_SHARE));
  const more = counts[kind] - shown.length;
  return [
    '',
    out.paint('bold', kind),
    ...shown.flatMap((outcome) => reasonLines(outcome, nameColumns, out.tableColumns)),
    ...(more > 0 ? [`  and ${more} more; --json names them all`] : []),
  ];
};

const countLines = ({ counts }: AddSummary): string[] => {
  const kinds = OUTCOMES.filter((kind) => counts[kind] > 0 || ALWAYS_SHOWN.includes(kind));
  const digits = Math.max(...kinds.map((kind) => String(counts[kind]).length));
  return kinds.map((kind) => `${padEnd(kind, 9)}  ${padStart(String(counts[kind]), digits)}  ${MEANING[kind]}`);
};

const processingLines = ({ processing }: AddSummary): string[] =>
  processing === 0
    ? []
    : ['', `${counted(processing, 'document')} still being processed; npm run assistant -- status tells how far.`];

/** What an `add` came to, for people. */
export const printAddSummary = (out: Output, summary: AddSummary): void => {
  const lines = [
    ...countLines(summary),
    ...(summary.ignored > 0 ? [`Left out by .gitignore, or as packages and caches: ${summary.ignored}.`] : []),
    ...named('skipped', summary, out),
    ...named('failed', summary, out),
    ...processingLines(summary),
  ];
  for (const line of lines) out.line(line);
};
