import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../common/domain/errors.ts';
import { tell } from './tell.ts';

const POLL_MS = 250;
const FOLDER = 'assistant-test-servers';

/** Where the servers are installed, once for all work trees: ASSISTANT_TEST_SERVERS, else in the user's own cache. */
export const cacheFolder = (env: NodeJS.ProcessEnv): string =>
  env['ASSISTANT_TEST_SERVERS'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), FOLDER);

/** The same for what another user has to read, too: root's own cache is closed to others. */
export const sharedCacheFolder = (env: NodeJS.ProcessEnv): string =>
  env['ASSISTANT_TEST_SERVERS'] || (process.getuid?.() === 0 ? join(tmpdir(), FOLDER) : cacheFolder(env));

export interface Place {
  readonly cache: string;
  /** Name and version: another version is another folder. */
  readonly name: string;
}

export interface Installation extends Place {
  /** Held while building; installations with the same lock, in whatever process, go one after the other. */
  readonly lock: string;
  readonly signal: AbortSignal;
  /** Fills a new folder; it gets its name when it is complete. */
  readonly build: (folder: string) => Promise<void>;
}

export const isInstalled = async ({ cache, name }: Place): Promise<boolean> =>
  (await stat(join(cache, name)).catch(() => undefined)) !== undefined;

/** The folder of what is installed there; builds it if it is not there yet, whole or not at all. */
export const installOnce = async ({ cache, name, lock, signal, build }: Installation): Promise<string> => {
  const folder = join(cache, name);
  await ownFolder(cache);
  if (await isInstalled({ cache, name })) return folder;
  using _ = await held(join(cache, `${lock}.lock`), signal);
  if (await isInstalled({ cache, name })) return folder;
  const aside = `${folder}.part`;
  await rm(aside, { recursive: true, force: true }); // of one that was interrupted
  await mkdir(aside, { mode: 0o755 });
  await build(aside);
  await rename(aside, folder);
  return folder;
};

/** What is run from there must not be another user's. */
const ownFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  if (process.getuid === undefined || (await stat(folder)).uid === process.getuid()) return;
  throw new AppError('conflict', `${folder} belongs to another user: choose a folder with ASSISTANT_TEST_SERVERS.`);
};

/** One holder at a time among all processes; the operating system ends the hold of one that dies. */
const held = async (file: string, signal: AbortSignal): Promise<Disposable> => {
  for (let told = false; ; told = true) {
    const database = new DatabaseSync(file);
    try {
      database.exec('BEGIN EXCLUSIVE');
      return { [Symbol.dispose]: () => database.close() };
    } catch (error) {
      database.close();
      if (!/locked/.test(String(error))) throw error;
    }
    if (!told) tell(`Waiting for another installation to end (${file}).`);
    await sleep(POLL_MS, undefined, { signal });
  }
};
