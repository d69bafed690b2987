import { join } from 'node:path';
import { openSqliteSearch } from '../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { numbersOf } from '../../common/domain/vector.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { atMost, type Row, type Scenario, told } from './scenario.ts';
import { bareScan } from './search-bare.ts';
import { type CorpusSize, corpusOf, DIMENSION } from './search-corpus.ts';
import { fill, identicalToExact, LIMIT, queriesOf, speedOf } from './search-speed.ts';

const QUERIES = 100;
const EXACT_QUERIES = 20;

function* vectorsOf(size: CorpusSize): Generator<Float32Array> {
  for (const { vector } of corpusOf(size)) yield numbersOf(vector);
}

const measure = async (size: CorpusSize, p50Target: number): Promise<Row[]> => {
  await using folder = await temporaryFolder();
  await using index = await openSqliteSearch({
    file: join(folder.path, 'index.db'),
    dimension: DIMENSION,
    model: 'bench',
  });
  await fill(index, size);
  const queries = queriesOf(size, QUERIES);
  const { hybrid, vector, keyword } = await speedOf(index, queries);
  const bare = await bareScan(join(folder.path, 'bare.db'), {
    vectors: vectorsOf({ users: 1, chunksPerUser: size.chunksPerUser }), // one user's, and no owner to look at
    queries: queries.map((query) => query.vector),
    limit: LIMIT,
  });
  const identical = await identicalToExact(index, size, queries.slice(0, EXACT_QUERIES));
  return [
    atMost({ what: 'hybrid p50', value: hybrid.p50, target: p50Target, unit: 'ms', digits: 1 }),
    {
      what: 'vector part the same as an exact scan',
      measured: `${identical} of ${EXACT_QUERIES}`,
      target: `${EXACT_QUERIES} of ${EXACT_QUERIES}`,
      isKept: identical === EXACT_QUERIES,
    },
    told('hybrid p99', `${hybrid.p99.toFixed(1)} ms`),
    told('vector part, keyword part p50', `${vector.p50.toFixed(1)}, ${keyword.p50.toFixed(1)} ms`),
    told("sqlite-vec's bare scan p50", `${bare.p50.toFixed(1)} ms`),
  ];
};

export const search50k: Scenario = {
  summary: '50,000 chunks of one user',
  run: ({ quick }) => measure({ users: 1, chunksPerUser: quick ? 5_000 : 50_000 }, 40),
};

export const search50Users: Scenario = {
  summary: '50 users of 1,000 chunks each',
  run: ({ quick }) => measure({ users: quick ? 5 : 50, chunksPerUser: 1_000 }, 5),
};
