import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Linux tells of a process and all that come from it. A process that ends meanwhile counts nothing. */

const KILOBYTE = 1024;
/** Of the kernel's figures in /proc, on all processors that Node runs on. */
const TICKS_PER_SECOND = 100;

export const megabytes = (bytes: number): number => bytes / KILOBYTE ** 2;

const read = (pid: number, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');

/** What follows the name, which may hold anything. Source: proc(5), fields 3 and on. */
const statOf = async (pid: number): Promise<string[]> => {
  const stat = await read(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** A process, its children, theirs, and so on. */
export const treeOf = async (root: number): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) parents.set(pid, Number((await statOf(pid))[1]));
  const tree = [root];
  for (const member of tree) tree.push(...pids.filter((pid) => parents.get(pid) === member));
  return tree;
};

/** In bytes. PSS shares what several processes have mapped among them; RSS counts it for each. */
export interface Memory {
  readonly rss: number;
  readonly pss: number;
}

const bytesIn = (text: string, field: string): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * KILOBYTE;

export const memoryOf = async (pid: number): Promise<Memory> => ({
  rss: bytesIn(await read(pid, 'status'), 'VmRSS'),
  pss: bytesIn(await read(pid, 'smaps_rollup'), 'Pss'),
});

/** The most that it ever had resident, in bytes. */
export const peakOf = async (pid: number): Promise<number> => bytesIn(await read(pid, 'status'), 'VmHWM');

export const treeMemory = async (root: number): Promise<Memory> => {
  const each = await Promise.all((await treeOf(root)).map(memoryOf));
  return each.reduce((sum, { rss, pss }) => ({ rss: sum.rss + rss, pss: sum.pss + pss }), { rss: 0, pss: 0 });
};

/** Of the processor, in seconds, with what ended children have used. */
export const treeCpu = async (root: number): Promise<number> => {
  const stats = await Promise.all((await treeOf(root)).map(statOf));
  const ticks = stats.map((fields) => fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0));
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
};

export interface Watch extends AsyncDisposable {
  /** The largest of each since the watch began. */
  readonly peak: Memory;
}

/** Looks at a tree's memory again and again until it is disposed. */
export const watchTree = (root: number, everyMs: number): Watch => {
  const stopping = new AbortController();
  const peak = { rss: 0, pss: 0 };
  const watched = (async () => {
    while (!stopping.signal.aborted) {
      const { rss, pss } = await treeMemory(root);
      peak.rss = Math.max(peak.rss, rss);
      peak.pss = Math.max(peak.pss, pss);
      await sleep(everyMs);
    }
  })();
  return {
    peak,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await watched;
    },
  };
};

/** Kills all of a tree, whatever it is at. */
export const killTree = async (root: number): Promise<void> => {
  for (const pid of await treeOf(root)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has ended
    }
  }
};
