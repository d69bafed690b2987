import { AppError } from '../../../domain/errors.ts';
import type { Hit } from '../../../domain/search.ts';
import { numbersOf, type Vector } from '../../../domain/vector.ts';
import type { SearchIndex } from '../../../ports/search-index.ts';
import type { IndexFile } from './connection.ts';
import type { Unsettled } from './describe.ts';
import { type IndexThread, indexThread } from './index-thread.ts';

/** Two, so that the two rankings of a query are made side by side. */
const READERS = 2;
const IDLE_MS = 60_000;

/** More in one transaction would keep other processes waiting. */
const CHUNKS_PER_PUT = 100;
const MAX_HITS = 300;

/**
 * A search index in a SQLite file, which several processes may share. SQLite works in worker threads, which start
 * when there is something to do. Throws `conflict` when the file was made for another model or dimension.
 */
export const openSqliteSearch = async (index: IndexFile): Promise<SearchIndex & AsyncDisposable> => {
  await using threads = new AsyncDisposableStack();
  const writer = threads.use(indexThread({ ...index, role: 'write' }, IDLE_MS));
  const readers = Array.from({ length: READERS }, () => threads.use(indexThread({ ...index, role: 'read' }, IDLE_MS)));
  const reader = (): IndexThread => readers.reduce((a, b) => (b.waiting < a.waiting ? b : a));
  await writer.ask('open', undefined);

  const checked = (given: Vector): Float32Array => {
    const { model, dimension } = index;
    const vector = numbersOf(given);
    if (vector.length === dimension && vector.every(Number.isFinite)) return vector;
    const what = vector.length === dimension ? 'what is no number' : `${vector.length} numbers`;
    throw new AppError('invalid', `A vector of ${dimension} numbers was expected, not ${what}: embed with ${model}.`);
  };
  const settle = async (unsettled: readonly Unsettled[]): Promise<void> => {
    for (const change of unsettled) {
      let after: bigint | undefined;
      do after = await writer.ask('settle', { ...change, after });
      while (after !== undefined);
    }
  };

  const owned = threads.move();
  return {
    refreshSeconds: 0,
    async put(chunks) {
      for (const { vector } of chunks) checked(vector);
      for (let start = 0; start < chunks.length; start += CHUNKS_PER_PUT) {
        const batch = chunks.slice(start, start + CHUNKS_PER_PUT);
        const vectors = new Float32Array(batch.length * index.dimension);
        for (const [n, { vector }] of batch.entries()) vectors.set(numbersOf(vector), n * index.dimension);
        const unsettled = await writer.ask('put', { chunks: batch.map(({ vector: _, ...chunk }) => chunk), vectors });
        await settle(unsettled);
      }
    },
    async search({ text, vector, visibleTo, filters, limit, without = [] }) {
      const ask = { visibleTo, filters, limit: Math.min(limit, MAX_HITS), without };
      const none: Hit[] = [];
      const [semantic, keyword] = await Promise.all([
        vector === undefined ? none : reader().ask('semantic', { ...ask, vector: checked(vector).slice() }),
        text === undefined ? none : reader().ask('keyword', { ...ask, text }),
      ]);
      return { semantic, keyword };
    },
    chunkIds: (document, generation, after) => reader().ask('chunkIds', { document, generation, after }),
    async describe(document, change) {
      await settle(await writer.ask('describe', { document, change }));
    },
    async delete(document, generation) {
      let deleted = 0;
      for (;;) {
        const removed = await writer.ask('remove', { document, generation });
        if (removed === undefined) return deleted;
        deleted += removed;
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
