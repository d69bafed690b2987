import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `condition` holds, asking often enough to act within one step of the pipeline. */
export const until = async (what: string, condition: () => Promise<boolean>, seconds = 60): Promise<void> => {
  const end = performance.now() + seconds * 1_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await sleep(5);
  }
};
