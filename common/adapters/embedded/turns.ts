import type { DatabaseSync } from 'node:sqlite';
import type { StageName } from '../../domain/stage-name.ts';

export interface Turns {
  /** The turn of a group's next job. */
  next(stage: StageName, group: string): number;
  /** Tells which turn has been reached. */
  reached(stage: StageName, turn: number): void;
}

/**
 * Start-time fair queueing: a group's jobs get consecutive turns, and begin no earlier than the turn that the stage has
 * reached; jobs go in order of their turns. So ten jobs of one group pass between ten thousand of another, and a group
 * that was away has saved nothing up. Each job costs O(log n).
 * Source: Goyal, Vin, Cheng, "Start-time fair queuing", SIGCOMM 1996; all jobs weigh the same here.
 */
export const turns = (connection: DatabaseSync): Turns => {
  const clock = connection.prepare('select turn from clock where stage = ?');
  const advance = connection.prepare(
    'insert into clock values ($stage, $turn) on conflict do update set turn = max(turn, $turn)',
  );
  const take = connection.prepare(
    `insert into turn values ($stage, $group, $clock)
     on conflict do update set last = max(last + 1, $clock) returning last`,
  );
  const forget = connection.prepare('delete from turn where stage = ? and last < ?'); // as good as no row: see `take`
  return {
    next(stage, group) {
      const reached = Number(clock.get(stage)?.['turn'] ?? 0);
      return Number(take.get({ stage, group, clock: reached })?.['last']);
    },
    reached(stage, turn) {
      advance.run({ stage, turn });
      forget.run(stage, turn);
    },
  };
};
