import { AppError } from '../../../common/domain/errors.ts';
import { runFolder, startGuarded } from './guarded.ts';
import { tell } from './tell.ts';

const REPORT_MS = 30_000;

export interface ToolRun {
  /** What is being done, as a person reads it: 'Building MinIO'. */
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs a tool to its end. Throws `unavailable` with the last lines that it wrote when it fails. */
export const runTool = async ({ what, signal, ...command }: ToolRun): Promise<void> => {
  signal.throwIfAborted();
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  await using run = await startGuarded(await runFolder(), command);
  const report = setInterval(() => tell(`${what}: still at it after ${seconds()} s.`), REPORT_MS);
  const stopped = Promise.withResolvers<'stopped'>();
  const stop = () => stopped.resolve('stopped');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const code = await Promise.race([run.ended, stopped.promise]);
    signal.throwIfAborted();
    if (code !== 0) {
      const line = [command.command, ...command.args].join(' ');
      throw new AppError('unavailable', `${what} failed (exit code ${code}): ${line}\n${await run.tail()}`);
    }
    tell(`${what}: done in ${seconds()} s.`);
  } finally {
    clearInterval(report);
    signal.removeEventListener('abort', stop);
  }
};
