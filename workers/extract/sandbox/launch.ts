import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { megabytes } from './limits.ts';

const run = promisify(execFile);

const CHILD = fileURLToPath(import.meta.resolve('./child.ts'));
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
/** What the child runs; not DATA_DIR, which may lie in the same folder. */
const SOURCES = ['common/', 'workers/', 'package.json'].map((name) => join(PROJECT, name));

/** Of the memory limit, what V8's heap may have; the rest is for buffers. */
const HEAP_SHARE = 0.75;

/** Where the packages really are: the folder may be a link, or further up. */
const packages = (): string => {
  const entry = realpathSync(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));
  return entry.slice(0, entry.lastIndexOf('pdfjs-dist'));
};

/** A command that makes the kernel kill a child with its parent; empty where there is none. */
export const tetherOf = async (): Promise<readonly string[]> => {
  const tether = ['setpriv', '--pdeathsig', 'KILL', '--'];
  const works = await run(tether[0] as string, [...tether.slice(1), 'true']).then(
    () => true,
    () => false,
  );
  return works ? tether : [];
};

export interface Launch {
  /** The only one that the child may write to. */
  readonly folder: string;
  readonly memoryBytes: number;
  /** What `tetherOf` found. */
  readonly tether: readonly string[];
}

/** Starts a child with an empty environment, which may read the sources and the folder, and write the folder alone. */
export const launch = ({ folder, memoryBytes, tether }: Launch): ChildProcess => {
  const options = [
    '--permission',
    ...[...SOURCES, packages(), folder].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${folder}`,
    `--max-old-space-size=${megabytes(memoryBytes * HEAP_SHARE)}`,
    '--disallow-code-generation-from-strings',
    '--no-warnings',
  ];
  const [command, ...args] = [...tether, process.execPath, ...options, CHILD];
  return spawn(command as string, args, { env: {}, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
};
