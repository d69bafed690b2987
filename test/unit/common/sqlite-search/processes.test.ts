import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openSqliteSearch } from '../../../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import type { SearchIndex } from '../../../../common/ports/search-index.ts';
import { temporaryIndex } from './indexed.ts';

const SCRIPT = fileURLToPath(new URL('./writer.ts', import.meta.url));

const startWriter = (file: string, { name, count }: { name: string; count: number }): ChildProcess =>
  spawn(process.execPath, [SCRIPT, file, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });

const indexedIn = async (index: SearchIndex, content: string): Promise<boolean> => {
  const ids = await index.chunkIds({ userId: 'alice', documentId: `document of ${content}` });
  return ids.length === 1;
};

describe('a search index that several processes share', () => {
  it('loses nothing when two of them write at once, and shows it to a third', async function () {
    this.timeout(20_000);
    await using place = await temporaryIndex();
    await using index = await openSqliteSearch(place);
    const writers = ['one', 'two'].map((name) => startWriter(place.file, { name, count: 60 }));
    const ends = await Promise.all(writers.map((writer) => once(writer, 'exit')));
    assert.deepEqual(ends, [
      [0, null],
      [0, null],
    ]);
    for (const name of ['one', 'two']) {
      for (let number = 0; number < 60; number++) assert.ok(await indexedIn(index, `${name} ${number}`));
    }
  });

  it('keeps all that was in when the writer is killed, and goes on', async function () {
    this.timeout(20_000);
    await using place = await temporaryIndex();
    const writer = startWriter(place.file, { name: 'one', count: 100_000 });
    const reported: string[] = [];
    for await (const line of createInterface({ input: writer.stdout as NodeJS.ReadableStream })) {
      reported.push(line);
      if (reported.length === 40) writer.kill('SIGKILL');
    }
    await using index = await openSqliteSearch(place);
    for (const content of reported) assert.ok(await indexedIn(index, content));
    const query = { vector: new Float32Array([1, 0, 0, 0]), text: 'one', filters: {}, limit: 300 };
    const { semantic, keyword } = await index.search({
      ...query,
      visibleTo: { userId: 'alice', sharedDocumentIds: [] },
    });
    assert.deepEqual(new Set(semantic.map(({ chunkId }) => chunkId)), new Set(keyword.map(({ chunkId }) => chunkId)));
  });
});
