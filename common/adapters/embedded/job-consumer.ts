import type { EventEmitter } from 'node:events';
import type { Outcome } from '../../domain/outcome.ts';
import type { StageName } from '../../domain/stage-name.ts';
import type { Lease } from '../../ports/job-queue.ts';
import type { ClaimedJob, JobTable } from './job-table.ts';
import { isPassing } from './sqlite-errors.ts';

/** Rings when there may be something to do. */
export type Bell = EventEmitter<{ ring: [] }>;

export interface Consumer {
  readonly jobs: JobTable;
  readonly stage: StageName;
  readonly slots: number;
  readonly stopping: AbortSignal;
  readonly bell: Bell;
  readonly leaseMs: number;
  /** Settles a job by its outcome. */
  readonly settle: (job: ClaimedJob, outcome: Outcome) => Promise<void>;
  readonly work: (lease: Lease) => Promise<Outcome>;
}

/** How soon a job is seen that another process sent; one read without the write lock each. */
const POLL_MS = 100;
const HEARTBEATS_PER_LEASE = 3;

/** Claims jobs into free slots until `stopping`, or until it cannot claim any more; waits for those under way. */
export const runConsumer = async (consumer: Consumer, holder: string): Promise<void> => {
  const { jobs, stage, slots, stopping, bell, leaseMs } = consumer;
  const held = new Map<string, AbortController>();
  const ring = () => bell.emit('ring');
  const heartbeat = setInterval(() => void keepAlive(jobs, stage, held), leaseMs / HEARTBEATS_PER_LEASE);
  stopping.addEventListener('abort', ring);
  try {
    while (!stopping.aborted) {
      const free = slots - held.size;
      const claimed = free > 0 ? await claim(consumer, free, holder) : [];
      for (const job of claimed) void hold(consumer, job, held);
      if (claimed.length === 0 && !stopping.aborted) await rung(bell, free > 0 ? POLL_MS : undefined);
    }
  } finally {
    while (held.size > 0) await rung(bell);
    clearInterval(heartbeat);
    stopping.removeEventListener('abort', ring);
  }
};

/** A full or locked database is met again at the next poll. */
const claim = async ({ jobs, stage }: Consumer, free: number, holder: string): Promise<ClaimedJob[]> => {
  try {
    return jobs.hasWork(stage) ? await jobs.claim(stage, free, holder) : [];
  } catch (error) {
    if (isPassing(error)) return [];
    throw error;
  }
};

/** Works one job in its slot. Where it cannot be settled, its lease lapses and it comes again. */
const hold = async (consumer: Consumer, job: ClaimedJob, held: Map<string, AbortController>): Promise<void> => {
  const lost = new AbortController();
  held.set(job.receipt, lost);
  try {
    const { body, group, receiveCount } = job;
    const outcome = await consumer.work({
      stage: consumer.stage,
      body,
      group,
      receiveCount,
      signal: lost.signal,
    });
    await consumer.settle(job, outcome);
  } catch {
    // nothing to tell: `work` turns failures into outcomes, and an unsettled job is redelivered
  } finally {
    held.delete(job.receipt);
    consumer.bell.emit('ring');
  }
};

/** One heartbeat for all that is held; what is no longer ours is aborted. */
const keepAlive = async (jobs: JobTable, stage: StageName, held: ReadonlyMap<string, AbortController>) => {
  if (held.size === 0) return;
  const lost = await jobs.extend(stage, [...held.keys()]).catch(() => []);
  for (const receipt of lost) held.get(receipt)?.abort();
};

/** Resolves at the next ring, or after `ms`. */
const rung = (bell: Bell, ms?: number): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      bell.off('ring', done);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(done, ms);
    bell.once('ring', done);
  });
