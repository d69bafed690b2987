import { EventEmitter } from 'node:events';
import { PASSING } from '../../domain/errors.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { StageName } from '../../domain/stage-name.ts';
import pipeline from '../../pipeline.json' with { type: 'json' };
import type { JobQueue } from '../../ports/job-queue.ts';
import { isGone, processName } from '../process/process-name.ts';
import type { Database } from './database.ts';
import { type Bell, runConsumer } from './job-consumer.ts';
import { type ClaimedJob, type JobTable, jobTable, type LeaseMs } from './job-table.ts';
import { isPassing } from './sqlite-errors.ts';

const RETURN_SECONDS_MOST = 60;

/** Of a stage in one process: more hold memory and make one machine no faster. */
const SLOTS_MOST = 8;

/**
 * Durable queues that several processes share; each group takes its turn.
 * @param visibilitySeconds of every stage; absent: what pipeline.json gives each
 */
export const sqliteJobQueue = (
  database: Database,
  { visibilitySeconds }: { visibilitySeconds?: number } = {},
): JobQueue => {
  const leaseMs: LeaseMs = (stage) => (visibilitySeconds ?? pipeline[stage].visibilitySeconds) * 1_000;
  const jobs = jobTable(database, leaseMs);
  const bells = new Map<StageName, Bell>();
  const bellOf = (stage: StageName): Bell => {
    const bell = bells.get(stage) ?? new EventEmitter<{ ring: [] }>().setMaxListeners(0);
    bells.set(stage, bell);
    return bell;
  };
  return {
    async send(messages) {
      await jobs.add(messages);
      for (const stage of new Set(messages.map((message) => message.stage))) bellOf(stage).emit('ring');
    },
    async consume(stage, { slots: asked, stopping }, work) {
      const slots = Math.min(asked, SLOTS_MOST);
      await jobs.abandon(isGone).catch(unlessPassing); // else their leases lapse
      const settle = (job: ClaimedJob, outcome: Outcome) => settleIn(jobs, job, outcome);
      const consumer = { jobs, stage, slots, stopping, bell: bellOf(stage), leaseMs: leaseMs(stage), settle, work };
      await runConsumer(consumer, processName());
    },
    depth: async (stage) => jobs.depth(stage),
  };
};

const settleIn = (jobs: JobTable, { receipt, receiveCount }: ClaimedJob, outcome: Outcome): Promise<void> => {
  if (outcome.fate === 'bury') return jobs.bury(receipt, outcome);
  if (outcome.fate !== 'return') return jobs.remove(receipt);
  if (PASSING.has(outcome.code)) return jobs.release(receipt, { delaySeconds: 0, refund: 1 });
  return jobs.release(receipt, { delaySeconds: Math.min(2 ** (receiveCount - 1), RETURN_SECONDS_MOST), refund: 0 });
};

const unlessPassing = (error: unknown): void => {
  if (!isPassing(error)) throw error;
};
