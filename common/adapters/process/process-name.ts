import { hostname } from 'node:os';

const STARTED = Math.trunc(performance.timeOrigin).toString(36);

/** Names this process to others that share DATA_DIR; fit for a file name. Containers give the same pid again. */
export const processName = (): string => `${process.pid}@${hostname()}~${STARTED}`;

/** True when that process ran on this machine and is no more; what ran elsewhere is never called gone. */
export const isGone = (name: string): boolean => {
  const [, pid = '0', host] = /^(\d+)@([^~]+)/.exec(name) ?? [];
  if (Number(pid) === 0 || host !== hostname()) return false;
  if (Number(pid) === process.pid) return name !== processName();
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};
