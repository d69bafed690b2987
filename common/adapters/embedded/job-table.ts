import { randomUUID } from 'node:crypto';
import type { StageName } from '../../domain/stage-name.ts';
import type { Depth, Message } from '../../ports/job-queue.ts';
import type { Database } from './database.ts';
import { turns } from './turns.ts';

export interface ClaimedJob {
  readonly receipt: string;
  readonly body: unknown;
  readonly group: string;
  readonly receiveCount: number;
}

/** How long a lease lasts without a heartbeat. */
export type LeaseMs = (stage: StageName) => number;

/** The statements behind the queue; each method is one short transaction. Times are ms since 1970. */
export const jobTable = ({ connection, write }: Database, leaseMs: LeaseMs) => {
  const turn = turns(connection);
  const insert = connection.prepare(
    `insert into job (stage, body, grp, state, turn, visibleAt, sentAt)
     values ($stage, $body, $group, $state, $turn, $visibleAt, $now)`,
  );
  const waiting = connection.prepare(
    `select exists (select 1 from job where stage = $stage and state = 'visible')
         or exists (select 1 from job where stage = $stage and state <> 'visible' and visibleAt <= $now) as any`,
  );
  const wake = connection.prepare(
    `update job set state = 'visible', receipt = null, holder = null
     where stage = ? and state <> 'visible' and visibleAt <= ?`,
  );
  const first = connection.prepare(
    `select id, turn from job where stage = ? and state = 'visible' order by turn, id limit ?`,
  );
  const lease = connection.prepare(
    `update job set state = 'leased', receipt = $receipt, holder = $holder, visibleAt = $visibleAt,
     receiveCount = receiveCount + 1 where id = $id returning receipt, body, grp, receiveCount`,
  );
  const extend = connection.prepare('update job set visibleAt = ? where receipt = ?');
  const remove = connection.prepare('delete from job where receipt = ?');
  const release = connection.prepare(
    `update job set state = 'delayed', receipt = null, holder = null, visibleAt = $visibleAt,
     receiveCount = receiveCount - $refund where receipt = $receipt`,
  );
  const bury = connection.prepare(
    `insert into dead_letter (stage, body, grp, code, reason, buriedAt, receiveCount)
     select stage, body, grp, $code, $reason, $buriedAt, receiveCount from job where receipt = $receipt`,
  );
  const holders = connection.prepare('select distinct holder from job where holder is not null');
  const abandon = connection.prepare('update job set visibleAt = 0 where holder = ?');
  const states = connection.prepare('select state, jobs from depth where stage = ?');
  const oldest = connection.prepare('select min(sentAt) as sentAt from job where stage = ?');

  return {
    add: (messages: readonly Message[]) =>
      write(() => {
        const now = Date.now();
        for (const { stage, body, group, delaySeconds = 0 } of messages) {
          insert.run({
            stage,
            body: JSON.stringify(body),
            group,
            state: delaySeconds > 0 ? 'delayed' : 'visible',
            turn: turn.next(stage, group),
            visibleAt: now + delaySeconds * 1_000,
            now,
          });
        }
      }),
    /** Without the write lock: is there anything to claim? */
    hasWork: (stage: StageName): boolean => waiting.get({ stage, now: Date.now() })?.['any'] === 1,
    claim: (stage: StageName, limit: number, holder: string) =>
      write((): ClaimedJob[] => {
        const now = Date.now();
        wake.run(stage, now);
        const visibleAt = now + leaseMs(stage);
        const next = first.all(stage, limit);
        for (const row of next.slice(-1)) turn.reached(stage, Number(row['turn']));
        return next.flatMap(({ id = null }) => {
          const row = lease.get({ id, receipt: randomUUID(), holder, visibleAt });
          return row === undefined ? [] : [claimedOf(row)];
        });
      }),
    /** Returns the receipts that hold nothing any more. */
    extend: (stage: StageName, receipts: readonly string[]) =>
      write(() => {
        const visibleAt = Date.now() + leaseMs(stage);
        return receipts.filter((receipt) => extend.run(visibleAt, receipt).changes === 0);
      }),
    remove: (receipt: string) => write(() => void remove.run(receipt)),
    /** @param refund receives to take back: 1 where the job was given back without a fault */
    release: (receipt: string, { delaySeconds, refund }: { delaySeconds: number; refund: 0 | 1 }) =>
      write(() => void release.run({ receipt, refund, visibleAt: Date.now() + delaySeconds * 1_000 })),
    bury: (receipt: string, { code, reason }: { code: string; reason: string }) =>
      write(() => {
        bury.run({ receipt, code, reason, buriedAt: new Date().toISOString() });
        remove.run(receipt);
      }),
    /** Gives back what processes hold that are no more. */
    abandon: (gone: (holder: string) => boolean) =>
      write(() => {
        for (const row of holders.all()) {
          const holder = String(row['holder']);
          if (gone(holder)) abandon.run(holder);
        }
      }),
    depth(stage: StageName): Depth {
      const jobs = Object.fromEntries(states.all(stage).map((row) => [String(row['state']), Number(row['jobs'])]));
      const sentAt = oldest.get(stage)?.['sentAt'];
      return {
        visible: jobs['visible'] ?? 0,
        inFlight: jobs['leased'] ?? 0,
        delayed: jobs['delayed'] ?? 0,
        oldestSeconds: typeof sentAt === 'number' ? Math.max(0, (Date.now() - sentAt) / 1_000) : 0,
      };
    },
  };
};
export type JobTable = ReturnType<typeof jobTable>;

const claimedOf = (row: Record<string, unknown>): ClaimedJob => ({
  receipt: String(row['receipt']),
  body: JSON.parse(String(row['body'])),
  group: String(row['grp']),
  receiveCount: Number(row['receiveCount']),
});
