import assert from 'node:assert/strict';
import { documentRecords } from '../../../../api/search/document-records.ts';
import type { DocumentKey, DocumentState } from '../../../../common/domain/document.ts';

const stateOf = (key: DocumentKey): DocumentState => ({
  ...key,
  fileName: `${key.documentId}.txt`,
  fileType: 'text/plain',
  uploadDate: '2026-01-01T00:00:00.000Z',
  tags: [],
  isPublic: false,
  sharedWith: [],
});

/** Answers for all documents but `missing`, and keeps what it was asked. */
const directoryOfAll = () => {
  const asked: string[][] = [];
  return {
    asked,
    async states(keys: readonly DocumentKey[]) {
      asked.push(keys.map(({ documentId }) => documentId));
      return keys.filter(({ documentId }) => documentId !== 'missing').map(stateOf);
    },
  };
};
const key = (documentId: string, userId = 'ada'): DocumentKey => ({ userId, documentId });

describe('documentRecords', () => {
  it('asks for each document once', async () => {
    const directory = directoryOfAll();
    const records = documentRecords(directory);
    await records.read([key('a'), key('b'), key('a')]);
    await records.read([key('b'), key('c')]);
    await records.read([key('a')]);
    assert.deepEqual(directory.asked, [['a', 'b'], ['c']]);
  });

  it('asks for at most 100 at a time', async () => {
    const directory = directoryOfAll();
    await documentRecords(directory).read(Array.from({ length: 201 }, (_, n) => key(`${n}`)));
    assert.deepEqual(
      directory.asked.map(({ length }) => length),
      [100, 100, 1],
    );
  });

  it('tells the documents of two users apart', async () => {
    const records = documentRecords(directoryOfAll());
    await records.read([key('a', 'ada')]);
    assert.equal(records.of(key('a', 'ada'))?.fileName, 'a.txt');
    assert.equal(records.of(key('a', 'bob')), undefined);
  });

  it('asks once for what is not there, too', async () => {
    const directory = directoryOfAll();
    const records = documentRecords(directory);
    await records.read([key('missing')]);
    await records.read([key('missing')]);
    assert.equal(records.of(key('missing')), undefined);
    assert.equal(directory.asked.length, 1);
  });
});
