import type { AppError } from '../../../common/domain/errors.ts';
import { bring } from './bring.ts';
import { eachAtOnce, together } from './concurrently.ts';
import { type AddSummary, type FileOutcome, summing } from './outcome.ts';
import { type Root, rootsOf } from './roots.ts';
import type { Sending } from './send-file.ts';
import { type AddProgress, type Tally, tallying } from './tally.ts';
import { takenAs } from './waiting-list.ts';
import { walk } from './walk.ts';
import { type Watching, watchDocuments } from './watch.ts';

export interface AddOptions {
  /** What relative paths start from. */
  readonly workingFolder: string;
  /** Of new documents. */
  readonly tags?: readonly string[] | undefined;
  /** Whether to wait until each document can be searched, or has failed; if absent, yes. */
  readonly wait?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: AddProgress) => void;
  /** Once for each file, and for each folder that cannot be read, when it is known what became of it. */
  readonly onOutcome?: (outcome: FileOutcome) => void;
  /** Told before each wait for a server that is busy, full or away. */
  readonly onWait?: (error: AppError, seconds: number) => void;
}

/** The calls of a client that it takes. */
export type AddClient = Sending['client'] & Watching['client'];

const UPLOADS_AT_ONCE = 4;
const quiet = (): void => {};

/** So that there is a total to compare with, early on. */
const count = async (roots: readonly Root[], tally: Tally, signal: AbortSignal): Promise<void> => {
  for await (const { kind } of walk(roots)) {
    signal.throwIfAborted();
    if (kind === 'file') tally.found();
  }
  tally.counted();
};

/**
 * Brings files and folders to the server: what is there unchanged is left, what has changed gets new content, the rest
 * is added. Memory does not grow with the size of files, nor much with their number.
 * Throws `unauthenticated`, `unavailable` and whatever else stands in the way of all files, and an AbortError; what was
 * taken until then has been told to `onOutcome`, with status `processing` where it is not through.
 */
export const addPaths = async (
  client: AddClient,
  paths: readonly string[],
  options: AddOptions,
): Promise<AddSummary> => {
  const { workingFolder, tags = [], wait = true, onProgress = quiet, onOutcome = quiet, onWait = quiet } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  // Before any patience: a server that is not there, or nobody who is logged in.
  await client.list({ limit: 1 }, signal);

  const tally = tallying(onProgress);
  const sum = summing();
  const tell = (outcome: FileOutcome): void => {
    sum.take(outcome);
    onOutcome(outcome);
  };
  const onSettled = (outcome: FileOutcome): void => {
    tally.finished();
    tell(outcome);
  };
  const watch = wait ? watchDocuments({ client, signal, onSettled, onStages: tally.stages, onWait }) : undefined;
  const bringing = { sending: { client, signal, tags, onWait }, tally, tell, ignore: sum.ignore, watch };
  const roots = rootsOf(paths, workingFolder);

  const send = async (): Promise<void> => {
    await eachAtOnce(walk(roots), UPLOADS_AT_ONCE, async (found) => {
      signal.throwIfAborted();
      await bring(found, bringing);
    });
    watch?.close();
  };
  try {
    const works = [count(roots, tally, signal), send(), ...(watch ? [watch.run()] : [])];
    await together(works, () => failed.abort());
  } finally {
    for (const left of watch?.left() ?? []) tell(takenAs(left, 'processing'));
  }
  return sum.summary();
};
