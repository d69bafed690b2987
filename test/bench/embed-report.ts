import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMiniLm } from '../../common/adapters/embedded/minilm/minilm.ts';
import { bareSession } from './embed-bare.ts';
import { pooledTexts, queryWaits } from './embed-pool.ts';

/** `node test/bench/embed-report.ts`: what the embedder's pool costs against the bare session, as a table. */

const SECONDS = 6;
const THREADS = 2;
const QUERIES = 50;

const WORDS = 'the system keeps each document under its own key and nothing is ever overwritten by another'.split(' ');
/** A text of so many words, each a token; no two the same. */
const textOf = (words: number, seed: number): string =>
  Array.from({ length: words }, (_, index) => WORDS[(index * 7 + seed + Math.floor(index / 16)) % WORDS.length]).join(
    ' ',
  );
const textsOf = (words: number): string[] => Array.from({ length: 96 }, (_, seed) => textOf(words, seed));

const folder = join(tmpdir(), 'assistant-models');

const compare = async (words: number) => {
  const texts = textsOf(words);
  const before = await bareSession({ folder, threads: THREADS, texts, seconds: SECONDS / 2 });
  await using embedder = await openMiniLm({ folder, threads: THREADS });
  const load = { embedder, texts, callers: 4, seconds: SECONDS };
  const pool = await pooledTexts(load);
  const waits = await queryWaits(load, QUERIES);
  const after = await bareSession({ folder, threads: THREADS, texts, seconds: SECONDS / 2 });
  const bare = (before + after) / 2;
  return {
    words,
    'bare texts/s': bare.toFixed(1),
    'pool texts/s': pool.toFixed(1),
    'pool/bare': (pool / bare).toFixed(3),
    'query p50 ms': waits[Math.floor(QUERIES * 0.5)]?.toFixed(1),
    'query p98 ms': waits[Math.floor(QUERIES * 0.98)]?.toFixed(1),
  };
};

console.table([await compare(254), await compare(60), await compare(8)]);
