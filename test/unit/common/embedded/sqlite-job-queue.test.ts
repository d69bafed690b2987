import assert from 'node:assert/strict';
import { type Database, openDatabase } from '../../../../common/adapters/embedded/database.ts';
import { QUEUE_SCHEMA } from '../../../../common/adapters/embedded/queue-schema.ts';
import { sqliteDeadLetters } from '../../../../common/adapters/embedded/sqlite-dead-letters.ts';
import { sqliteJobQueue } from '../../../../common/adapters/embedded/sqlite-job-queue.ts';
import { type Outcome, outcomeOf } from '../../../../common/domain/outcome.ts';
import { BURIED, DONE, FAILED, message, startWorker } from '../../../contract/job-queue.worker.ts';
import { counted, openQueue } from './queue.ts';

const GIVEN_BACK: Outcome = { fate: 'return', code: 'unavailable', reason: 'This worker stops.' };

const secondsUntilVisible = ({ connection }: Database): number =>
  (Number(connection.prepare('select visibleAt from job').get()?.['visibleAt']) - Date.now()) / 1_000;

describe('sqliteJobQueue', function () {
  this.timeout(20_000);

  it('keeps what was sent over a restart', async () => {
    await using home = await openQueue();
    await home.queue.send([message(1), message(2, { delaySeconds: 900 })]);
    home.database[Symbol.dispose]();
    using again = openDatabase(home.file, QUEUE_SCHEMA);
    const { oldestSeconds: _, ...depth } = await sqliteJobQueue(again).depth('embed');
    assert.deepEqual(depth, { visible: 1, inFlight: 0, delayed: 1 });
  });

  it('charges nothing for a job that is given back because its worker stops', async () => {
    await using home = await openQueue();
    await home.queue.send([message(1)]);
    for (let life = 0; life < 5; life += 1) {
      await using worker = startWorker(home.queue, { outcomeOf: () => GIVEN_BACK });
      assert.equal((await worker.held.next()).receiveCount, 1);
      await worker.stop();
    }
  });

  it('waits longer each time before it gives a failed job again, a minute at most', async () => {
    await using home = await openQueue();
    await home.queue.send([message(1)]);
    const forget = home.database.connection.prepare('update job set visibleAt = 0');
    const waits = [];
    for (let receive = 1; receive <= 8; receive += 1) {
      const worker = startWorker(home.queue);
      (await worker.held.next()).settle(FAILED);
      await worker.stop();
      waits.push(Math.round(secondsUntilVisible(home.database)));
      await home.database.write(() => void forget.run());
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('lets a holder who has lost its lease end nothing', async () => {
    await using home = await openQueue({ visibilitySeconds: 1 });
    const lapse = home.database.connection.prepare('update job set visibleAt = 0');
    for (const late of [DONE, BURIED, FAILED, outcomeOf(new Error('x'))]) {
      await home.queue.send([message(1)]);
      const first = startWorker(home.queue);
      const lost = await first.held.next();
      await home.database.write(() => void lapse.run());
      const second = startWorker(home.queue);
      const taken = await second.held.next();
      lost.settle(late);
      await first.stop();
      assert.deepEqual(counted(home.database), { visible: 0, inFlight: 1, delayed: 0 });
      taken.settle(DONE);
      await second.stop();
      assert.deepEqual(counted(home.database), { visible: 0, inFlight: 0, delayed: 0 });
      assert.equal(await sqliteDeadLetters(home.database, home.queue).count('embed'), 0);
    }
  });

  it('throws storage_full for what does not fit, keeping none of it, and goes on when there is room', async () => {
    await using home = await openQueue();
    const { connection } = home.database;
    await using worker = startWorker(home.queue, { outcomeOf: () => DONE });
    const used = Number(connection.prepare('pragma page_count').get()?.['page_count']);
    connection.exec(`pragma max_page_count = ${used}`);
    const many = Array.from({ length: 100 }, (_, n) => message('x'.repeat(1_000) + n));
    await assert.rejects(home.queue.send(many), { code: 'storage_full' });
    assert.equal((await home.queue.depth('embed')).visible, 0);
    connection.exec(`pragma max_page_count = ${used + 1_000}`);
    await home.queue.send(many);
    await worker.held.take(100);
  });

  it('ends with an error when its queue is no more: nobody waits for nothing', async () => {
    await using home = await openQueue();
    await home.queue.send([message('a')]);
    const stopping = new AbortController().signal;
    const consuming = home.queue.consume('embed', { slots: 1, stopping }, async () => {
      home.database.connection.exec('drop table job');
      return DONE;
    });
    await assert.rejects(consuming, /no such table/);
  });

  it('counts its messages as they are, whatever has happened to them', async () => {
    await using home = await openQueue();
    await home.queue.send(Array.from({ length: 60 }, (_, n) => message(n, { delaySeconds: n % 6 === 0 ? 900 : 0 })));
    const fates: Outcome[] = [DONE, BURIED, FAILED, GIVEN_BACK, { fate: 'drop', code: 'stale', reason: 'x' }];
    const worker = startWorker(home.queue, { slots: 4, outcomeOf: ({ body }) => fates[Number(body) % 5] ?? DONE });
    await worker.held.take(50);
    await worker.stop();
    const { oldestSeconds: _, ...depth } = await home.queue.depth('embed');
    assert.deepEqual(depth, counted(home.database));
    await sqliteDeadLetters(home.database, home.queue).redrive('embed');
    const { oldestSeconds: __, ...after } = await home.queue.depth('embed');
    assert.deepEqual(after, counted(home.database));
  });

  it('sends more dead letters back than it reads at once, each once', async () => {
    await using home = await openQueue();
    const bury = home.database.connection.prepare(
      `insert into dead_letter (stage, body, grp, code, reason, buriedAt, receiveCount)
       values ('embed', ?, 'ada', 'internal', 'It failed.', '2026-01-01T00:00:00.000Z', 8)`,
    );
    await home.database.write(() => {
      for (let n = 0; n < 1_234; n += 1) bury.run(`${n}`);
    });
    const deadLetters = sqliteDeadLetters(home.database, home.queue);
    assert.equal(await deadLetters.redrive('embed'), 1_234);
    assert.equal(await deadLetters.count('embed'), 0);
    assert.equal((await home.queue.depth('embed')).visible, 1_234);
  });
});
