import { AppError } from '../../common/domain/errors.ts';
import type { Home } from '../../common/ports/home.ts';
import { dataQuality } from './data-quality.ts';
import { readOnly } from './read-only.ts';
import { reconcile } from './reconcile.ts';
import { restoreIndex } from './restore-index.ts';
import { foreseen } from './restore-pass.ts';
import { endRetention } from './retention.ts';
import { sweep } from './sweep.ts';

const RETENTION_YEARS = 2;
/** A completion takes seconds from asking the index to writing its record. Where there is no second index, none asks the wrong one. */
const SETTLE_MS = 60_000;

export const USAGE = `Usage: npm run maintenance -- <command> [--dry-run]

  sweep          sends again what a crash has left without a job (in the embedded home the workers do this themselves)
  reconcile      holds records, index and files against each other and puts right what it can; takes a minute or more
  restore-index  rebuilds the search index from the stored vectors, without embedding anything again
  retention      deletes the documents that were uploaded more than two years ago
  data-quality   counts users, documents and errors, and times the processing of the last day

Each prints what it did as JSON; with --dry-run what it would do, and changes nothing. All work in pages: one that was
killed goes on where it was when it is started again. Settings come from the environment: see CONFIGURATION.md.`;

interface Options {
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean;
}

/** Returns what was done, as plain values. Throws `invalid` for a command that there is not. */
export const runMaintenance = async (
  command: string,
  { ports, upkeep: { graceMs } }: Pick<Home, 'ports' | 'upkeep'>,
  { dryRun = false }: Options = {},
): Promise<object> => {
  const needs = dryRun ? readOnly(ports) : ports;
  switch (command) {
    case 'sweep':
      return sweep(needs, { graceMs });
    case 'reconcile':
      return reconcile(needs, { graceMs: dryRun ? 0 : graceMs });
    case 'restore-index':
      if (dryRun) return foreseen(ports);
      return restoreIndex(ports, { settleMs: ports.index.refreshSeconds === 0 ? 0 : SETTLE_MS });
    case 'retention':
      return { deleted: await endRetention(needs, yearsAgo(RETENTION_YEARS)) };
    case 'data-quality':
      return dataQuality(needs);
    default:
      throw new AppError('invalid', `There is no command ${command}.\n\n${USAGE}`);
  }
};

const yearsAgo = (years: number): string => {
  const date = new Date();
  date.setFullYear(date.getFullYear() - years);
  return date.toISOString();
};
