import assert from 'node:assert/strict';
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { STAGE_NAMES } from '../../../common/domain/stage-name.ts';
import { type Account, register } from '../../support/account.ts';
import { type AwsFleet, openAwsFleet } from '../../support/aws/fleet.ts';
import type { Counters } from '../../support/bedrock-stub/quotas.ts';
import { manualText } from '../manual.ts';
import { treeCpu } from '../process-tree.ts';
import { atLeast, atMost, type Scenario, told } from '../scenario.ts';
import { percentile } from '../search-times.ts';
import { waitUntil } from '../system.ts';
import { MODEL, STUB } from './settings.ts';

/** Four times what an account has by default: the other stages and servers share the processor. */
const QUOTA = 1_200_000;
const WORKERS = 2;
/** Characters of a document, which is new throughout: vectors of known texts are not made again. */
const CHARACTERS = 40_000;
const FULL = { documents: 90, seconds: 20, throttledMs: 5_000 };
const QUICK = { documents: 60, seconds: 8, throttledMs: 2_000 };
const TIMES_IDLE = 1.5;
const USED_LEAST = 97;
/** Between two searches, so that they do not take the processor that they wait for. */
const PAUSE_MS = 50;
const SETTLED_MS = 4_000;
const FIRST_TEXTS = 100;

const WORDS = ['pump', 'valve', 'sensor', 'engine', 'filter', 'pressure line', 'housing', 'lamp', 'driver', 'shift'];

interface Times {
  /** In ms, shortest first. */
  readonly search: readonly number[];
  /** Of a request that asks nobody else: what the processor makes all wait for. */
  readonly live: readonly number[];
}

const timed = async (request: () => Promise<{ status: number }>): Promise<number> => {
  const started = performance.now();
  assert.equal((await request()).status, 200);
  return performance.now() - started;
};

const searchTimes = async (account: Account, seconds: number, from: number): Promise<Times> => {
  const [search, live]: [number[], number[]] = [[], []];
  const end = performance.now() + seconds * 1_000;
  for (let n = from; performance.now() < end; n += 1) {
    const query = `who checks the ${WORDS[n % WORDS.length]} after ${n} hours`; // a question asked twice is remembered
    search.push(await timed(() => account.send('POST', '/v1/search', { query })));
    live.push(await timed(() => account.send('GET', '/health/live')));
    await sleep(PAUSE_MS);
  }
  return { search: search.toSorted((a, b) => a - b), live: live.toSorted((a, b) => a - b) };
};

const counted = async ({ bedrock }: AwsFleet): Promise<Counters> => {
  const counters = (await bedrock.counters())[MODEL];
  assert.ok(counters, 'something has been embedded');
  return counters;
};

const statusOf = async (account: Account, documentId: string): Promise<string> =>
  (await account.send('GET', `/v1/documents/${documentId}`)).body['status'] ?? '';

const upload = (account: Account, documents: number, seed: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: documents }, (_, n) =>
      account.upload(`manual-${seed + n}.txt`, manualText(CHARACTERS, seed + n)),
    ),
  );

const buried = async ({ home }: AwsFleet): Promise<number> => {
  const counts = await Promise.all(STAGE_NAMES.map((stage) => home.ports.deadLetters.count(stage)));
  return counts.reduce((sum, count) => sum + count, 0);
};

/** API and workers as they run on AWS, from the upload to the index, with searches beside. */
export const wholeHome: Scenario = {
  summary:
    'the aws home at its full quota: quota used, search beside it, dead letters after a time of nothing but throttles',
  async run({ quick, say }) {
    const { documents, seconds: asked, throttledMs } = quick ? QUICK : FULL;
    const env = { EMBED_TOKENS_PER_MINUTE: String(QUOTA) };
    await using fleet = await openAwsFleet({ env, bedrock: { ...STUB, vectors: 'canned', tokensPerMinute: QUOTA } });
    const { url } = await fleet.api();
    const workers = await Promise.all(Array.from({ length: WORKERS }, () => fleet.observedWorker()));
    const [ada, bob] = [await register(url, 'ada'), await register(url, 'bob')];
    const ready = (account: Account, ids: readonly string[]) =>
      waitUntil(
        'all documents to be ready',
        async () => {
          const states = new Set(await Promise.all(ids.map((id) => statusOf(account, id))));
          assert.ok(!states.has('error'), 'a document has failed');
          return states.size === 1 && states.has('ready');
        },
        { everyMs: 500 },
      );
    await ready(ada, await upload(ada, 2, 1));
    await searchTimes(ada, asked / 4, 1_000_000); // compiles and connects
    const idle = await searchTimes(ada, asked, 0);

    const ids = await upload(bob, documents, 1_000);
    const before = (await counted(fleet)).texts;
    await waitUntil('the first full calls', async () => (await counted(fleet)).texts > before + FIRST_TEXTS);
    await sleep(SETTLED_MS);
    say('ingesting');
    const cpuMs = async () => Promise.all(workers.map(({ child }) => treeCpu(child.pid as number)));
    const [from, cpuFrom] = [await counted(fleet), await cpuMs()];
    const beside = await searchTimes(ada, asked, 10_000);
    const [to, cpuTo] = [await counted(fleet), await cpuMs()];
    const states = await Promise.all(ids.map((id) => statusOf(bob, id)));
    assert.ok(states.includes('processing'), 'all is ingested: the figures would be of an idle system');

    await fleet.bedrock.change({ isThrottling: true });
    await sleep(throttledMs);
    await fleet.bedrock.change({ isThrottling: false });
    say('throttled for a while; waiting for the rest');
    await ready(bob, ids);

    const seconds = (to.ms - from.ms) / 1_000;
    const used = ((to.tokens - from.tokens) / seconds / (QUOTA / 60)) * 100;
    const calls = to.calls - from.calls;
    const throttled = to.throttled - from.throttled;
    const cores = (cpuTo.reduce((a, b) => a + b) - cpuFrom.reduce((a, b) => a + b)) / seconds;
    const p95 = (sorted: readonly number[]) => percentile(sorted, 0.95);
    const shown = (sorted: readonly number[]) =>
      [0.5, 0.95].map((share) => `${percentile(sorted, share).toFixed(0)} ms`).join(', ');
    return [
      atLeast({ what: `${WORKERS} workers, quota used`, value: used, target: USED_LEAST, unit: '%', digits: 1 }),
      atMost({
        what: 'calls throttled',
        value: (throttled / (calls + throttled)) * 100,
        target: 0.1,
        unit: '%',
        digits: 2,
      }),
      atMost({
        what: 'search p95 : idle',
        value: p95(beside.search) / p95(idle.search),
        target: TIMES_IDLE,
        digits: 2,
      }),
      told('search: idle p50, p95; beside p50, p95', `${shown(idle.search)}; ${shown(beside.search)}`),
      told('/health/live: idle p50, p95; beside p50, p95', `${shown(idle.live)}; ${shown(beside.live)}`),
      atMost({ what: 'messages in dead-letter queues', value: await buried(fleet), target: 0 }),
      told(
        'CPU of the workers',
        `${cores.toFixed(2)} cores at ${((to.texts - from.texts) / seconds).toFixed(0)} chunks/s; load ${loadavg()[0]?.toFixed(1)}`,
      ),
    ];
  },
};
