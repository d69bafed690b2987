import type { StageName } from '../../domain/stage-name.ts';
import type { DeadLetter, DeadLetters } from '../../ports/dead-letters.ts';
import type { JobQueue, Message } from '../../ports/job-queue.ts';
import { pageOf, positionOf } from '../paging.ts';
import type { Database } from './database.ts';

const REDRIVEN_AT_ONCE = 500;
const NEWEST = String(Number.MAX_SAFE_INTEGER);

export const sqliteDeadLetters = ({ connection, write }: Database, queue: Pick<JobQueue, 'send'>): DeadLetters => {
  const count = connection.prepare('select count(*) as letters from dead_letter where stage = ?');
  const page = connection.prepare('select * from dead_letter where stage = ? and id < ? order by id desc limit ?');
  const first = connection.prepare('select id, body, grp from dead_letter where stage = ? order by id limit ?');
  const remove = connection.prepare('delete from dead_letter where id = ?');

  /** Sends before it removes: a crash in between repeats a job and loses none. */
  const redriveSome = async (stage: StageName): Promise<number> => {
    const rows = first.all(stage, REDRIVEN_AT_ONCE);
    const messages = rows.map(
      (row): Message => ({ stage, body: JSON.parse(String(row['body'])), group: String(row['grp']) }),
    );
    await queue.send(messages);
    await write(() => {
      for (const { id = null } of rows) remove.run(id);
    });
    return rows.length;
  };

  return {
    count: async (stage) => Number(count.get(stage)?.['letters']),
    async list(stage, limit, cursor) {
      const [before] = cursor === undefined ? [NEWEST] : positionOf(cursor);
      const { items, nextCursor } = pageOf(page.all(stage, Number(before), limit + 1), limit, (row) => [
        String(row['id']),
        '',
      ]);
      const letters = items.map(letterOf);
      return nextCursor === undefined ? { items: letters } : { items: letters, nextCursor };
    },
    async redrive(stage) {
      const buried = Number(count.get(stage)?.['letters']); // those that come back meanwhile are left for the next time
      let moved = 0;
      while (moved < buried) {
        const some = await redriveSome(stage);
        if (some === 0) break;
        moved += some;
      }
      return moved;
    },
  };
};

const letterOf = (row: Record<string, unknown>): DeadLetter => ({
  body: JSON.parse(String(row['body'])),
  code: String(row['code']),
  reason: String(row['reason']),
  buriedAt: String(row['buriedAt']),
  receiveCount: Number(row['receiveCount']),
});
