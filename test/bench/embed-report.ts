import { openMiniLm } from '../../common/adapters/embedded/minilm/minilm.ts';
import { MODEL_FOLDER as folder } from '../contract/embedder.folder.ts';
import { bareRate, type Rate } from './embed-bare.ts';
import { poolRate, queryWaits } from './embed-pool.ts';
import { median } from './scenario.ts';

/** `node test/bench/embed-report.ts`: what the embedder's pool costs against the bare session, as a table. */

const ROUNDS = 5;
const SECONDS = 1.5;
const THREADS = 2;
const QUERIES = 50;
/** A text of so many words, each a token. */
const LENGTHS = [254, 60, 8];

const WORDS = 'the system keeps each document under its own key and nothing is ever overwritten by another'.split(' ');
const textOf = (words: number, seed: number): string =>
  Array.from({ length: words }, (_, n) => WORDS[(n * 7 + seed + Math.floor(n / 16)) % WORDS.length]).join(' ');

/** Bare and pool by turns, so that what else the machine does falls on both. */
const compare = async (words: number) => {
  const texts = Array.from({ length: 96 }, (_, seed) => textOf(words, seed));
  await using embedder = await openMiniLm({ folder, threads: THREADS });
  const load = { embedder, texts, callers: 4 };
  const bare: Rate[] = [];
  const pool: Rate[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await bareRate({ folder, threads: THREADS, texts, seconds: SECONDS }));
    pool.push(await poolRate(load, SECONDS));
  }
  const waits = await queryWaits(load, QUERIES);
  const ratio = (rate: keyof Rate): string =>
    median(pool.map((run, round) => run[rate] / (bare[round]?.[rate] ?? Number.NaN))).toFixed(3);
  return {
    words,
    'bare texts/s': median(bare.map(({ perSecond }) => perSecond)).toFixed(1),
    'pool texts/s': median(pool.map(({ perSecond }) => perSecond)).toFixed(1),
    'pool/bare': ratio('perSecond'),
    'pool/bare, per CPU second': ratio('perCpuSecond'),
    'query p50 ms': waits[Math.floor(QUERIES * 0.5)]?.toFixed(1),
    'query p98 ms': waits[Math.floor(QUERIES * 0.98)]?.toFixed(1),
  };
};

const rows = [];
for (const words of LENGTHS) rows.push(await compare(words));
console.table(rows);
