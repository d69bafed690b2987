import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../common/domain/errors.ts';
import { type Guarded, runFolder, startGuarded } from './guarded.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const POLL_MS = 50;
/** What a stopping worker may take to finish or give back what it has, and some more. */
const GRACE_MS = 35_000;

export interface Program extends Guarded {
  readonly url: string;
}

/** Starts a main file of ours and waits until it listens. Throws `unavailable` when it ends before. */
export const startProgram = async (
  main: string,
  { env, signal }: { env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<Program> => {
  await using stack = new AsyncDisposableStack();
  const run = stack.use(
    await startGuarded(await runFolder(), {
      command: process.execPath,
      args: [join(ROOT, main)],
      env,
      graceMs: GRACE_MS,
      errors: 'inherit',
    }),
  );
  const url = await addressOf(run, signal);
  if (url === undefined) throw new AppError('unavailable', `${main} ended before it listened: see above.`);
  const owned = stack.move();
  return { ...run, url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const addressOf = async (run: Guarded, signal: AbortSignal): Promise<string | undefined> => {
  while (!run.hasEnded()) {
    signal.throwIfAborted();
    const url = /Listening on (\S+)/.exec(await run.tail())?.[1];
    if (url !== undefined) return url;
    await sleep(POLL_MS);
  }
  return undefined;
};
