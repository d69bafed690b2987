import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { QUEUE_SCHEMA } from '../../../../common/adapters/embedded/queue-schema.ts';
import { turns } from '../../../../common/adapters/embedded/turns.ts';

/** Jobs of one stage, taken in the order of their turns as the queue takes them. */
const openLine = () => {
  const connection = new DatabaseSync(':memory:');
  connection.exec(QUEUE_SCHEMA.join(';'));
  const taking = turns(connection);
  const jobs: { group: string; turn: number; id: number }[] = [];
  let id = 0;
  return {
    connection,
    send(group: string, count = 1) {
      for (let n = 0; n < count; n += 1) jobs.push({ group, turn: taking.next('embed', group), id: ++id });
    },
    take(count = 1): string[] {
      jobs.sort((a, b) => a.turn - b.turn || a.id - b.id);
      const taken = jobs.splice(0, count);
      const last = taken.at(-1);
      if (last !== undefined) taking.reached('embed', last.turn);
      return taken.map(({ group }) => group);
    },
    [Symbol.dispose]: () => connection.close(),
  };
};

const shareOf = (group: string, taken: readonly string[]): number => taken.filter((one) => one === group).length;

const Step = fc.oneof(
  fc.record({ send: fc.constantFrom('a', 'b', 'c', 'd'), count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ take: fc.integer({ min: 1, max: 20 }) }),
);

describe('turns', () => {
  it('keeps the order of one group', () => {
    using line = openLine();
    line.send('ada', 3);
    assert.deepEqual(line.take(3), ['ada', 'ada', 'ada']);
  });

  it('lets ten jobs pass between ten thousand of another group', () => {
    using line = openLine();
    line.send('ada', 10_000);
    line.take(100);
    line.send('bob', 10);
    assert.equal(shareOf('bob', line.take(21)), 10);
  });

  it('shares among all groups that have work', () => {
    using line = openLine();
    for (const group of ['a', 'b', 'c']) line.send(group, 100);
    const taken = line.take(30);
    assert.deepEqual(
      ['a', 'b', 'c'].map((group) => shareOf(group, taken)),
      [10, 10, 10],
    );
  });

  it('lets a group that was away save nothing up', () => {
    using line = openLine();
    line.send('bob', 1);
    line.send('ada', 200);
    line.take(100);
    line.send('bob', 100);
    const share = shareOf('bob', line.take(20));
    assert.ok(share >= 9 && share <= 11, `bob took ${share} of 20`);
  });

  it('keeps stages apart', () => {
    using line = openLine();
    line.send('ada', 50);
    line.take(50);
    assert.equal(turns(line.connection).next('index', 'ada'), 0);
  });

  it('remembers no group that has had its turns', () => {
    using line = openLine();
    for (let n = 0; n < 1_000; n += 1) {
      line.send(`user ${n}`, 2);
      line.take(2);
    }
    const { rows } = line.connection.prepare('select count(*) as rows from turn').get() ?? {};
    assert.ok(Number(rows) <= 2, `${rows} groups are remembered`);
  });

  it('gives two groups that both have work the same, within two, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(Step, { maxLength: 40 }), (steps) => {
        using line = openLine();
        for (const step of steps) {
          if ('take' in step) line.take(step.take);
          else line.send(step.send, step.count);
        }
        line.send('a', 200);
        line.send('b', 200);
        const taken = line.take(100);
        assert.ok(Math.abs(shareOf('a', taken) - shareOf('b', taken)) <= 2);
      }),
      { numRuns: 50 },
    );
  });
});
