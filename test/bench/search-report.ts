import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteSearch } from '../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { numbersOf } from '../../common/domain/vector.ts';
import { bareScan } from './search-bare.ts';
import { type CorpusSize, corpusOf, DIMENSION } from './search-corpus.ts';
import { putCosts } from './search-puts.ts';
import { fill, identicalToExact, LIMIT, queriesOf, speedOf } from './search-speed.ts';
import type { Times } from './search-times.ts';

/** `node test/bench/search-report.ts`: how fast the embedded index answers, beside sqlite-vec's bare exact scan. */

const QUERIES = 100;
const EXACT_QUERIES = 20;
const PUT_MARKS = [1_000, 20_000];

const folder = await mkdtemp(join(tmpdir(), 'search-bench-'));
const open = (name: string) =>
  openSqliteSearch({ file: join(folder, `${name}.db`), dimension: DIMENSION, model: 'bench' });
const shown = ({ p50, p99 }: Times): string => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;

function* vectorsOf(size: CorpusSize): Generator<Float32Array> {
  for (const { vector } of corpusOf(size)) yield numbersOf(vector);
}

const report = async (size: CorpusSize) => {
  const name = `${size.users} x ${size.chunksPerUser.toLocaleString('en')}`;
  await using index = await open(name);
  const perChunk = await fill(index, size);
  const queries = queriesOf(size, QUERIES);
  const { hybrid, vector, keyword } = await speedOf(index, queries);
  const one = { users: 1, chunksPerUser: size.chunksPerUser };
  const bare = await bareScan(join(folder, `${name}.bare.db`), {
    vectors: vectorsOf(one),
    queries: queries.map((query) => query.vector),
    limit: LIMIT,
  });
  const identical = await identicalToExact(index, size, queries.slice(0, EXACT_QUERIES));
  return {
    'users x chunks': name,
    'hybrid p50 / p99 ms': shown(hybrid),
    vector: shown(vector),
    keyword: shown(keyword),
    'bare vec0 scan': shown(bare),
    'hybrid / bare': (hybrid.p50 / bare.p50).toFixed(2),
    'same as exact': `${identical} of ${EXACT_QUERIES}`,
    'put ms per chunk': perChunk.toFixed(2),
  };
};

try {
  console.table([await report({ users: 1, chunksPerUser: 50_000 }), await report({ users: 50, chunksPerUser: 1_000 })]);
  await using index = await open('puts');
  console.table(await putCosts(index, PUT_MARKS));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
