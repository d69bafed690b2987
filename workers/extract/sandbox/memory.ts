import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How often memory is looked at where the kernel does not limit it. */
const EVERY_MS = 200;
/** What Node has resident before it has read anything. */
const OWN = 128 * 1024 * 1024;

const KILOBYTES = 1024;

const statusOf = async (pid: number, field: string): Promise<number> => {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(await readFile(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1] ?? 0) * KILOBYTES;
};

const residentBytes = async (pid: number): Promise<number> =>
  statusOf(pid, 'VmRSS').catch(async () => {
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) * KILOBYTES;
  });

/** Over what it has now, which is mostly address space that V8 sets aside. False where that is not possible. */
const limitedByKernel = async (pid: number, bytes: number): Promise<boolean> => {
  try {
    const limit = (await statusOf(pid, 'VmData')) + bytes;
    await run('prlimit', ['--pid', String(pid), `--data=${limit}`]);
    return true;
  } catch {
    return false; // no Linux, or no util-linux: the watchdog does it
  }
};

/**
 * Looks at what a process has resident, again and again.
 * @param exceeded called when that is more than `bytes`
 * @returns what ends the watch
 */
export const watchMemory = (pid: number, bytes: number, exceeded: () => void): (() => void) => {
  const look = async (): Promise<void> => {
    const resident = await residentBytes(pid).catch(() => 0); // it has ended, or nobody here can tell
    if (resident > bytes) exceeded();
  };
  const timer = setInterval(() => void look(), EVERY_MS).unref();
  return () => clearInterval(timer);
};

/**
 * Keeps a process within its memory: by the kernel's limit on its data, or else by a watchdog.
 * @param exceeded called where the kernel does not itself refuse the memory
 * @returns what ends the watch
 */
export const guardMemory = async (pid: number, bytes: number, exceeded: () => void): Promise<() => void> =>
  (await limitedByKernel(pid, bytes)) ? () => undefined : watchMemory(pid, bytes + OWN, exceeded);
