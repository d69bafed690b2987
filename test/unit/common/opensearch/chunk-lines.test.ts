import assert from 'node:assert/strict';
import { chunkAction } from '../../../../common/adapters/aws/opensearch/chunk-lines.ts';
import type { IndexedChunk } from '../../../../common/domain/chunk.ts';

const CHUNK: IndexedChunk = {
  chunkId: 'one',
  documentId: 'manual',
  userId: 'alice',
  generation: 2,
  chunkIndex: 5,
  content: 'Die Größe der 😀 "Pumpe"\n',
  startPosition: 10,
  endPosition: 34,
  metadata: { section: 'Maße', wordCount: 4, charCount: 24 },
  fileName: 'Pumpe.pdf',
  fileType: 'application/pdf',
  uploadDate: '2026-01-01T00:00:00.000Z',
  createdAt: '2026-01-02T00:00:00.000Z',
  tags: ['home'],
  isPublic: false,
  vector: '[0.25,1e-3]',
};
const SETTINGS = { ids: true, writtenAt: 7, model: 'a model', dimension: 2 };

describe('chunkAction', () => {
  it('puts the vector into the line letter by letter', () => {
    const { lines } = chunkAction(CHUNK, SETTINGS);
    assert.match(lines, /,"embedding":\[0\.25,1e-3\]\}\n$/);
  });

  it('is two lines of JSON, and knows their bytes', () => {
    const { lines, bytes } = chunkAction(CHUNK, SETTINGS);
    const [head, source, ...rest] = lines.split('\n');
    assert.deepEqual(rest, ['']);
    assert.equal(bytes, Buffer.byteLength(lines));
    assert.deepEqual(JSON.parse(head ?? ''), { index: { _id: 'one' } });
    const { words, ...fields } = JSON.parse(source ?? '') as Record<string, unknown>;
    const { metadata, fileName, fileType, tags, vector, ...same } = CHUNK;
    const { section, wordCount } = metadata;
    const expected = { ...same, metadata: { fileName, fileType, section, wordCount, tags }, writtenAt: 7 };
    assert.deepEqual(fields, { ...expected, embedding: JSON.parse(String(vector)) });
    assert.equal(words, 'die große der pumpe pumpe pdf pumpepdf maße');
  });

  it('leaves the id to a server that gives its own', () => {
    assert.match(chunkAction(CHUNK, { ...SETTINGS, ids: false }).lines, /^\{"index":\{\}\}\n/);
  });
});
