import { randomUUID } from 'node:crypto';
import { openSearchIndex } from '../../../common/adapters/aws/opensearch/opensearch-index.ts';
import { DIMENSION } from '../search-corpus.ts';
import { fill, queriesOf } from '../search-speed.ts';
import { timesOf } from '../search-times.ts';

const SIZE = { users: 10, chunksPerUser: 1_000 };
const QUERIES = 200;

/** Fills an index of the OpenSearch that OPENSEARCH_URL names, and asks it; removes it again. */
const url = process.env['OPENSEARCH_URL'] ?? 'http://127.0.0.1:9200';
const name = `bench-${randomUUID()}`;
const place = { url, index: name, engine: 'lucene', service: 'none', region: 'us-east-1' } as const;
try {
  await using index = await openSearchIndex({ ...place, model: 'a model', dimension: DIMENSION });
  const msPerChunk = await fill(index, SIZE);
  await fetch(`${url}/${name}/_refresh`, { method: 'POST' });
  const queries = queriesOf(SIZE, QUERIES);
  const hybrid = await timesOf(queries, (query) => index.search(query));
  const semantic = await timesOf(queries, ({ text: _, ...query }) => index.search(query));
  const keyword = await timesOf(queries, ({ vector: _, ...query }) => index.search(query));
  const ms = (time: number): string => `${time.toFixed(1)} ms`;
  console.log(`${SIZE.users * SIZE.chunksPerUser} chunks of ${DIMENSION} dimensions put: ${ms(msPerChunk)} a chunk`);
  for (const [ranking, { p50, p99 }] of Object.entries({ hybrid, semantic, keyword })) {
    console.log(`${ranking}: p50 ${ms(p50)}, p99 ${ms(p99)}`);
  }
} finally {
  await fetch(`${url}/${name}-1`, { method: 'DELETE' });
}
