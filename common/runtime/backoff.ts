import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 200;
const MOST_MS = 10_000;

/**
 * How long to wait before the next try: doubled each time, and drawn between half and all of it, so that those who
 * failed together do not come back together. @param tries from 1
 */
export const backoffMs = (tries: number, random: () => number = Math.random): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** (tries - 1)) * (0.5 + random() / 2);

/** Waits it; at once when `signal` aborts. */
export const patience = async (tries: number, signal: AbortSignal): Promise<void> => {
  await sleep(backoffMs(tries), undefined, { signal }).catch(() => undefined);
};
