import { AppError } from '../../../common/domain/errors.ts';
import type { ExtractionSource, Extractor } from '../../../common/ports/extractor.ts';
import { ChildDied, type Death, type Patience, startChild } from './child-process.ts';
import { openJob, openWorkFolder } from './job.ts';
import { tetherOf } from './launch.ts';
import { LIMITS, type Limits, megabytes, timeFor } from './limits.ts';
import { type ChildPool, childPool } from './pool.ts';
import { errorOf, type Read, type Request } from './protocol.ts';

interface Options {
  /** For the files of what is being read; made when it is not there. */
  readonly folder: string;
  readonly limits?: Partial<Limits>;
}

const SPLIT = 'Split it into smaller files and upload those.';

/** What a child's death says about the file. */
const blame = (error: ChildDied, limits: Limits, { milliseconds }: Patience): AppError => {
  const memory = `The file could not be read within ${megabytes(limits.memoryBytes)} MB of memory. ${SPLIT}`;
  const reasons: Record<Exclude<Death, 'abort'>, string> = {
    time: `The file could not be read within ${Math.round(milliseconds / 1000)} seconds. ${SPLIT}`,
    memory,
    killed: memory,
    crash:
      'The file could not be read: it makes its reader fail. Save it again, or as another format, and upload that.',
  };
  return error.death === 'abort'
    ? new AppError('unavailable', 'The worker stopped while it read the file; it will be read again.', { cause: error })
    : new AppError('unreadable', reasons[error.death], { cause: error });
};

/** Asks, and once more where somebody else killed the child: that need not be the file's fault. */
const persistently = async (pool: ChildPool, request: Request, patience: Patience) => {
  try {
    return await pool.ask(request, patience);
  } catch (error) {
    if (!(error instanceof ChildDied) || error.death !== 'killed') throw error;
    return pool.ask(request, patience);
  }
};

/**
 * Reads files in child processes, which are bounded in memory and time and killed past that. Each file lies in a folder
 * of its own until its extraction is disposed. Disposing the extractor ends the children.
 */
export const childProcessExtractor = ({ folder, limits: some = {} }: Options): Extractor & AsyncDisposable => {
  const limits = { ...LIMITS, ...some };
  let opened: Promise<{ path: string; pool: ChildPool }> | undefined;
  const open = async () => {
    const [path, tether] = await Promise.all([openWorkFolder(folder), tetherOf()]);
    const { memoryBytes } = limits;
    return { path, pool: childPool(() => startChild({ folder: path, memoryBytes, tether }), limits) };
  };

  const ask = async (pool: ChildPool, request: Request, patience: Patience): Promise<Read> => {
    const reply = await persistently(pool, request, patience).catch((error: unknown) => {
      patience.signal.throwIfAborted();
      throw error instanceof ChildDied ? blame(error, limits, patience) : error;
    });
    if ('failure' in reply) throw errorOf(reply.failure);
    return reply.read;
  };

  return {
    async extract({ extension, fileName, body }: ExtractionSource, signal) {
      opened ??= open().catch((error: unknown) => {
        opened = undefined; // perhaps the next file fares better
        throw error;
      });
      const { path, pool } = await opened;
      await using stack = new AsyncDisposableStack();
      const job = stack.use(await openJob(path));
      const { size, ...digests } = await job.save(body, signal);
      const patience = { milliseconds: timeFor(size, limits), signal };
      const read = await ask(pool, { files: job.files, extension, fileName }, patience);
      const owned = stack.move();
      const { text, batches } = job;
      return { findings: { ...digests, ...read }, text, batches, [Symbol.asyncDispose]: () => owned.disposeAsync() };
    },
    async [Symbol.asyncDispose]() {
      await (await opened)?.pool[Symbol.asyncDispose]();
    },
  };
};
