import assert from 'node:assert/strict';
import { type Retrieval, retrieve } from '../../../../api/search/retrieve.ts';
import type { Document } from '../../../../common/domain/document.ts';
import type { IndexQuery } from '../../../../common/ports/search-index.ts';
import { chunkIdOf } from '../../../../common/runtime/chunk-id.ts';
import { aDocument } from '../../../support/documents.ts';
import { temporaryStores } from '../../../support/stores.ts';

/** Stores with an embedder that gives every question the same vector, and that keep what the index was asked. */
const openLibrary = async () => {
  const stores = await temporaryStores();
  const asked: IndexQuery[] = [];
  const embedded: string[] = [];
  const index = {
    ...stores.index,
    search: (query: IndexQuery) => {
      asked.push(query);
      return stores.index.search(query);
    },
  };
  const embedder = {
    model: 'a model',
    dimension: 2,
    embed: async () => [],
    async embedQuery(text: string) {
      embedded.push(text);
      return Float32Array.of(1, 0);
    },
  };
  return {
    asked,
    embedded,
    documents: stores.documents,
    /** A document that is served, and its chunks. */
    async add(changes: Partial<Document>, ...contents: string[]): Promise<Document> {
      const document = aDocument({ servedGeneration: 1, ...changes });
      await stores.documents.create(document);
      await stores.index.put(contents.map((content, chunkIndex) => chunkOf(document, content, chunkIndex)));
      return document;
    },
    find: (changes: Partial<Retrieval>) =>
      retrieve(
        { embedder, index, directory: stores.directory },
        { query: 'tea', mode: 'hybrid', limit: 10, filters: {}, caller: { userId: 'ada' }, ...changes },
      ),
    [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
  };
};

const chunkOf = (document: Document, content: string, chunkIndex: number) => ({
  ...document,
  ...document.access,
  chunkId: chunkIdOf(document, chunkIndex),
  chunkIndex,
  content,
  startPosition: chunkIndex * 100,
  endPosition: chunkIndex * 100 + content.length,
  metadata: { wordCount: 1, charCount: content.length, section: 'Drinks', pageNumber: 3 },
  createdAt: document.uploadDate,
  tags: document.metadata.tags,
  vector: Float32Array.of(Math.cos(chunkIndex / 1000), Math.sin(chunkIndex / 1000)),
});

const contentsOf = (passages: readonly { content: string }[]) => passages.map(({ content }) => content);
const times = (count: number, content: string) => Array.from({ length: count }, (_, n) => `${content} ${n}`);

describe('retrieve', () => {
  it('gives a passage with its file, place and score', async () => {
    await using library = await openLibrary();
    const { documentId } = await library.add({ fileName: 'drinks.md' }, 'tea is hot');
    const [passage] = await library.find({});
    assert.deepEqual(passage, {
      chunkId: passage?.chunkId,
      documentId,
      fileName: 'drinks.md',
      score: 1,
      content: 'tea is hot',
      startPosition: 0,
      endPosition: 10,
      pageNumber: 3,
      section: 'Drinks',
    });
  });

  it('finds by word, by meaning, or by both', async () => {
    await using library = await openLibrary();
    await library.add({}, 'a cup of something', 'tea');
    assert.deepEqual(contentsOf(await library.find({ mode: 'keyword' })), ['tea']);
    assert.deepEqual(contentsOf(await library.find({ mode: 'semantic' })), ['a cup of something', 'tea']);
    assert.deepEqual(contentsOf(await library.find({ mode: 'hybrid' })), ['tea', 'a cup of something']);
  });

  it('embeds nothing for a search by word', async () => {
    await using library = await openLibrary();
    await library.find({ mode: 'keyword' });
    assert.deepEqual(library.embedded, []);
  });

  it('gives no more than was asked for, from rankings that are deeper', async () => {
    await using library = await openLibrary();
    await library.add({}, ...times(5, 'tea'));
    assert.equal((await library.find({ limit: 2 })).length, 2);
    await library.find({ limit: 100 });
    assert.deepEqual(
      library.asked.map(({ limit }) => limit),
      [50, 300],
    );
  });

  it('shows nobody else’s documents, unless they are public', async () => {
    await using library = await openLibrary();
    await library.add({ userId: 'bob' }, 'secret tea');
    await library.add({ userId: 'bob', access: { isPublic: true, sharedWith: [] } }, 'public tea');
    assert.deepEqual(contentsOf(await library.find({})), ['public tea']);
  });

  it('shows nothing of a deleted document, whatever the index still holds', async () => {
    await using library = await openLibrary();
    const document = await library.add({}, 'tea');
    await library.documents.change(document, { deletedAt: new Date().toISOString() });
    assert.deepEqual(await library.find({}), []);
  });

  it('shows a replaced document as it was, until the new generation is served', async () => {
    await using library = await openLibrary();
    const old = await library.add({ generation: 1 }, 'green tea');
    await library.documents.nextGeneration(old);
    assert.deepEqual(contentsOf(await library.find({})), ['green tea']);
    await library.documents.change(old, { generation: 2, servedGeneration: 2 });
    assert.deepEqual(await library.find({}), []);
  });

  it('reads filters on the record, which may have been changed since it was indexed', async () => {
    await using library = await openLibrary();
    const document = await library.add({ metadata: { tags: ['hot'] } }, 'tea');
    assert.equal((await library.find({ filters: { tags: ['hot'] } })).length, 1);
    await library.documents.change(document, { metadata: { tags: ['cold'] } });
    assert.equal((await library.find({ filters: { tags: ['hot'] } })).length, 0);
  });

  it('takes an empty list for no filter', async () => {
    await using library = await openLibrary();
    await library.add({}, 'tea');
    assert.equal((await library.find({ filters: { documentIds: [], tags: [], fileTypes: [] } })).length, 1);
  });

  it('asks again without what it may not show, until there is enough', async () => {
    await using library = await openLibrary();
    const gone = await library.add({}, ...times(60, 'tea tea tea'));
    await library.documents.change(gone, { deletedAt: new Date().toISOString() });
    await library.add({}, ...times(12, 'there is some tea left'));
    assert.equal((await library.find({ mode: 'keyword', limit: 10 })).length, 10);
    assert.deepEqual(
      library.asked.map(({ without }) => without?.length),
      [0, 50],
    );
  });

  it('gives up after three rounds', async () => {
    await using library = await openLibrary();
    const gone = await library.add({}, ...times(200, 'tea'));
    await library.documents.change(gone, { deletedAt: new Date().toISOString() });
    assert.deepEqual(await library.find({ mode: 'keyword' }), []);
    assert.equal(library.asked.length, 3);
  });

  it('asks once where the index has no more', async () => {
    await using library = await openLibrary();
    const gone = await library.add({}, 'tea');
    await library.documents.change(gone, { deletedAt: new Date().toISOString() });
    await library.find({});
    assert.equal(library.asked.length, 1);
  });
});
