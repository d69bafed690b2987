import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../client/client.ts';
import { type Patience, patiently } from '../client/patience.ts';
import { followFew, MAX_FOLLOWED } from './follow.ts';
import type { FileOutcome, SentFile } from './outcome.ts';
import { poll } from './poll.ts';
import type { Stages } from './stages.ts';
import { waitingList } from './waiting-list.ts';

export interface Watching {
  readonly client: Pick<Client, 'list' | 'document' | 'events'>;
  readonly signal: AbortSignal;
  readonly onSettled: (outcome: FileOutcome) => void;
  /** Sums over the documents that are still under way. */
  readonly onStages: (stages: Stages) => void;
  readonly onWait: NonNullable<Patience['onWait']>;
}

/** Of those followed so far, the ones that nobody waits for any more. */
export interface Watch {
  /** Waits while too many are under way: what is remembered of each must fit in memory. */
  add(sent: SentFile): Promise<void>;
  /** No more will be added. */
  close(): void;
  /** Until it is closed and each document is ready or has failed. Throws an AbortError, and what stands in all ways. */
  run(): Promise<void>;
  /** What is still under way. */
  left(): SentFile[];
}

const MAX_WAITING = 5_000;
const SHORT_PAUSE_MS = 250;
const LONG_PAUSE_MS = 1_000;
/** Of the time, asking takes one part in five at most. */
const PAUSE_PER_POLL = 4;
const ATTEMPTS = 10;

export const watchDocuments = ({ client, signal, onSettled, onStages, onWait }: Watching): Watch => {
  const list = waitingList(onSettled, signal);
  const tellStages = (): void => onStages(list.stages());
  const few = followFew({ client, list, signal, onStages: tellStages });
  const patience: Patience = { attempts: ATTEMPTS, unreachable: true, signal, onWait };
  let closed = false;

  /** Until a document's events end, or else in proportion to what asking costs. */
  const pause = async (pollMs: number): Promise<void> => {
    const timer = new AbortController();
    const shortest = list.size <= MAX_FOLLOWED ? SHORT_PAUSE_MS : LONG_PAUSE_MS;
    const ms = Math.max(shortest, pollMs * PAUSE_PER_POLL);
    const over = delay(ms, undefined, { signal: AbortSignal.any([signal, timer.signal]) });
    await Promise.race([over, few.ended()]);
    timer.abort();
    await over.catch(() => {});
  };

  const look = async (): Promise<void> => {
    const started = performance.now();
    await patiently(() => poll({ client, list, signal }), patience);
    tellStages();
    few.look();
    if (list.size > 0) await pause(performance.now() - started);
  };

  return {
    async add(sent) {
      while (list.size >= MAX_WAITING && !signal.aborted) await list.changed();
      list.add(sent);
    },
    close() {
      closed = true;
      list.wake();
    },
    async run() {
      while (!closed || list.size > 0) {
        signal.throwIfAborted();
        await (list.size === 0 ? list.changed() : look());
      }
    },
    left: () => [...list.files.values()],
  };
};
