import { hostname } from 'node:os';

/** Names this process to others that share DATA_DIR; fit for a file name. */
export const processName = (): string => `${process.pid}@${hostname()}`;

/** True when that process ran on this machine and is no more; what ran elsewhere is never called gone. */
export const isGone = (name: string): boolean => {
  const [pid, host] = [Number.parseInt(name, 10), name.slice(name.indexOf('@') + 1)];
  if (!(pid > 0) || host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};
