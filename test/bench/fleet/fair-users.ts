import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../common/adapters/embedded/database.ts';
import { QUEUE_SCHEMA } from '../../../common/adapters/embedded/queue-schema.ts';
import { sqliteJobQueue } from '../../../common/adapters/embedded/sqlite-job-queue.ts';
import type { JobQueue } from '../../../common/ports/job-queue.ts';
import { fairQueue } from '../../support/fair-queue/fair-queue.ts';
import { type Open, temporaryFolder } from '../../support/temporary.ts';
import { atMost, type Row, type Scenario, told } from '../scenario.ts';
import { percentile } from '../search-times.ts';
import { waitUntil } from '../system.ts';
import { openDesk } from './desk.ts';

const WORKERS = 4;
const FULL = { many: 10_000, rounds: 4 };
const QUICK = { many: 2_500, rounds: 1 };
const FEW = 10;
const TIMES_IDLE = 2;
/** Between two rounds of the small user. */
const PAUSE_MS = 3_000;

/** One queue as each of several workers sees it. */
type Queues = { readonly views: readonly JobQueue[] };

const embedded: Open<Queues> = async () => {
  await using stack = new AsyncDisposableStack();
  const file = join(stack.use(await temporaryFolder()).path, 'queue.db');
  const views = Array.from({ length: WORKERS }, () => sqliteJobQueue(stack.use(openDatabase(file, QUEUE_SCHEMA))));
  const owned = stack.move();
  return { views, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const standIn: Open<Queues> = async () => {
  const queue = fairQueue();
  return { views: Array.from({ length: WORKERS }, () => queue), async [Symbol.asyncDispose]() {} };
};

const measured = async (
  name: string,
  open: Open<Queues>,
  { many, rounds, say }: typeof FULL & { say: (message: string) => void },
): Promise<Row[]> => {
  await using queues = await open();
  await using desk = await openDesk(queues.views);
  const fewTimes = async (): Promise<number[]> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(...(await Promise.all(await desk.send('small', FEW))));
      await sleep(PAUSE_MS);
    }
    return times.toSorted((a, b) => a - b);
  };
  await desk.send('small', FEW).then((sent) => Promise.all(sent)); // connects
  const idle = await fewTimes();
  const big = await desk.send('big', many);
  await waitUntil('the first of the big user', async () => desk.done('big') > 0);
  say(`${name}: the big user's are under way`);
  const beside = await fewTimes();
  const left = many - desk.done('big');
  if (left === 0) throw new Error("the big user's documents are done already: the figures are of an idle system");
  desk.forget(big);
  const p95 = (sorted: readonly number[]) => percentile(sorted, 0.95);
  const what = `${name}: p95 of the small user beside ${many} documents : idle`;
  return [
    atMost({ what, value: p95(beside) / p95(idle), target: TIMES_IDLE, digits: 2 }),
    told(`${name}: idle p50, p95; beside p50, p95`, [idle, beside].map(shown).join('; ')),
    told(`${name}: of the big user's at the end`, `${left} of ${many} left, ${desk.failed()} failed`),
  ];
};

const shown = (sorted: readonly number[]): string =>
  [0.5, 0.95].map((share) => `${percentile(sorted, share).toFixed(0)} ms`).join(', ');

/** One user puts in a library, another ten notes. */
export const fairUsers: Scenario = {
  summary: 'ten documents of one user beside 10,000 of another, on the embedded queue and on fair queues’ rule',
  async run({ quick, say }) {
    const sizes = { ...(quick ? QUICK : FULL), say };
    return [...(await measured('embedded queue', embedded, sizes)), ...(await measured('fair queue', standIn, sizes))];
  },
};
