import { AppError } from '../../common/domain/errors.ts';
import type { Home } from '../../common/ports/home.ts';
import { reconcile } from './reconcile.ts';
import { restoreIndex } from './restore-index.ts';
import { endRetention } from './retention.ts';
import { sweep } from './sweep.ts';

const RETENTION_YEARS = 2;

export const USAGE = `Usage: npm run maintenance -- <command>

  sweep          sends again what a crash has left without a job (the workers do this by themselves)
  reconcile      holds records, index and files against each other and puts right what it can; takes a minute or more
  restore-index  rebuilds the search index from the stored vectors, without embedding anything again
  retention      deletes the documents that were uploaded more than two years ago

Each prints what it did as JSON. Settings come from the environment: see CONFIGURATION.md.`;

/** Returns what was done, as plain values. Throws `invalid` for a command that there is not. */
export const runMaintenance = async (
  command: string,
  { ports, upkeep }: Pick<Home, 'ports' | 'upkeep'>,
): Promise<object> => {
  switch (command) {
    case 'sweep':
      return sweep(ports, { graceMs: upkeep.graceMs });
    case 'reconcile':
      return reconcile(ports, { graceMs: upkeep.graceMs });
    case 'restore-index':
      return restoreIndex(ports);
    case 'retention':
      return { deleted: await endRetention(ports, yearsAgo(RETENTION_YEARS)) };
    default:
      throw new AppError('invalid', `There is no command ${command}.\n\n${USAGE}`);
  }
};

const yearsAgo = (years: number): string => {
  const date = new Date();
  date.setFullYear(date.getFullYear() - years);
  return date.toISOString();
};
