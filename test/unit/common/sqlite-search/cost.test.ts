import assert from 'node:assert/strict';
import { chunkIdsOf, putChunks, removeSome } from '../../../../common/adapters/embedded/sqlite-search/chunks.ts';
import { type Connection, openConnection } from '../../../../common/adapters/embedded/sqlite-search/connection.ts';
import { describeDocument, settle } from '../../../../common/adapters/embedded/sqlite-search/describe.ts';
import { keywordRanking } from '../../../../common/adapters/embedded/sqlite-search/keyword.ts';
import { semanticRanking } from '../../../../common/adapters/embedded/sqlite-search/semantic.ts';
import { askOf, bareChunk, batchOf, DIMENSION, temporaryIndex } from './indexed.ts';

/** A connection that keeps the statements that were asked for. */
const watched = (connection: Connection): { connection: Connection; statements: Set<string> } => {
  const statements = new Set<string>();
  const prepared: Connection['prepared'] = (sql) => {
    statements.add(sql);
    return connection.prepared(sql);
  };
  return { connection: { ...connection, prepared }, statements };
};

/** Lists that a query brings along, FTS5's own lookups, and what is public. */
const NO_SCAN = /json_each|words VIRTUAL TABLE INDEX 0:(=|M)|INDEX document_public/;

/** The steps of a statement that read a whole table. */
const scansOf = ({ db }: Connection, sql: string): string[] =>
  db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => String(detail))
    .filter((detail) => detail.startsWith('SCAN') && !NO_SCAN.test(detail));

const everything = (connection: Connection): void => {
  const one = bareChunk('the pump', { isPublic: true });
  for (const isPublic of [true, false]) {
    putChunks(connection, batchOf({ ...one, isPublic }));
    const change = { tags: ['new'], isPublic: !isPublic };
    for (const unsettled of describeDocument(connection, { document: one, change })) settle(connection, unsettled);
  }
  chunkIdsOf(connection, { document: one, generation: 1 });
  const ask = {
    ...askOf('alice', ['document of the pump']),
    text: 'pump',
    vector: new Float32Array(DIMENSION).fill(0.5),
  };
  const every = {
    documentIds: ['document of the pump'],
    tags: ['new'],
    fileTypes: ['text/plain'],
    uploadedFrom: '2025-01-01',
    uploadedTo: '2027-01-01',
  };
  for (const filters of [{}, every, ...Object.entries(every).map(([name, value]) => ({ [name]: value }))]) {
    for (const userId of ['alice', 'bob']) {
      const visibleTo = { ...ask.visibleTo, userId };
      semanticRanking(connection, { ...ask, visibleTo, filters });
      keywordRanking(connection, { ...ask, visibleTo, filters });
    }
  }
  while (removeSome(connection, { document: one }) !== undefined);
};

describe('the cost of a search index', () => {
  it('is no scan of all that is in it, whatever is asked or written', async () => {
    await using place = await temporaryIndex();
    using opened = openConnection(place, 'write');
    const { connection, statements } = watched(opened);
    everything(connection);
    assert.ok(statements.size > 25);
    for (const sql of statements) assert.deepEqual(scansOf(opened, sql), [], sql);
  });

  it('does not grow with replacing the same documents', async () => {
    await using place = await temporaryIndex();
    using connection = openConnection(place, 'write');
    const sizes: number[] = [];
    for (let generation = 1; generation <= 30; generation++) {
      const chunks = Array.from({ length: 40 }, (_, number) =>
        bareChunk(`pump ${number} `.repeat(30), {
          documentId: `d${number % 4}`,
          generation,
          chunkId: `${generation}-${number}`,
        }),
      );
      putChunks(connection, batchOf(...chunks));
      for (const documentId of ['d0', 'd1', 'd2', 'd3']) {
        const document = { userId: 'alice', documentId };
        while (removeSome(connection, { document, generation: generation - 1 }) !== undefined);
      }
      sizes.push(Number(connection.db.prepare('PRAGMA page_count').get()?.['page_count']));
    }
    assert.ok((sizes[29] ?? 0) <= (sizes[4] ?? 0) * 1.2, `pages: ${sizes.join()}`);
  });

  it('leaves no row behind when all is deleted', async () => {
    await using place = await temporaryIndex();
    using connection = openConnection(place, 'write');
    const document = bareChunk('the pump', { isPublic: true });
    putChunks(connection, batchOf(document));
    while (removeSome(connection, { document }) !== undefined);
    for (const table of ['owner', 'document', 'tag', 'chunk', 'vector', 'words_docsize']) {
      assert.equal(connection.db.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.['rows'], 0n, table);
    }
  });
});
