import assert from 'node:assert/strict';
import type { Filters } from '../../common/domain/search.ts';
import { both, chunk, found, type IndexPlace, SETTINGS, vectorAlong } from './search-index.place.ts';

const REPORT = chunk('pump report', {
  documentId: 'report',
  tags: ['work', 'pumps'],
  fileType: 'application/pdf',
  uploadDate: '2026-02-01T00:00:00.000Z',
});
const LETTER = chunk('pump letter', {
  documentId: 'letter',
  tags: ['home'],
  fileType: 'text/plain',
  uploadDate: '2026-03-01T00:00:00.000Z',
});

const CASES: readonly (readonly [name: string, filters: Filters, ...found: string[]])[] = [
  ['documents', { documentIds: ['report', 'unknown'] }, 'pump report'],
  ['any of the tags', { tags: ['pumps', 'garden'] }, 'pump report'],
  ['media types', { fileTypes: ['text/plain'] }, 'pump letter'],
  ['a first moment, included', { uploadedFrom: '2026-03-01T00:00:00Z' }, 'pump letter'],
  ['a last moment, excluded', { uploadedTo: '2026-03-01T00:00:00.000Z' }, 'pump report'],
  ['all at once', { tags: ['home'], uploadedFrom: '2026-02-15T00:00:00.000Z', documentIds: ['letter'] }, 'pump letter'],
  ['what nothing has', { tags: ['home'], documentIds: ['report'] }],
];

export const filteringContract = (start: () => Promise<IndexPlace>) =>
  describe('filters', () => {
    for (const [name, filters, ...expected] of CASES) {
      it(`keeps to ${name}`, async () => {
        await using place = await start();
        await using index = await place.open(SETTINGS);
        await index.put([REPORT, LETTER]);
        await place.settled();
        assert.deepEqual(await found(index, { filters }), both(...expected));
      });

      it(`keeps to ${name} in what is public or shared`, async () => {
        await using place = await start();
        await using index = await place.open(SETTINGS);
        await index.put([REPORT, { ...LETTER, isPublic: true }]);
        await place.settled();
        assert.deepEqual(await found(index, { by: 'bob', shared: ['report'], filters }), both(...expected));
      });
    }

    it('loses no hit to chunks that match better and are filtered out', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const better = Array.from({ length: 40 }, (_, number) => chunk(`pump pump ${number}`, { chunkIndex: number }));
      await index.put([...better, { ...REPORT, vector: vectorAlong(0, 0.1) }]);
      await place.settled();
      assert.deepEqual(await found(index, { limit: 1, filters: { tags: ['work'] } }), both('pump report'));
    });

    it('leaves out chunks that were turned down, and fills their places', async () => {
      await using place = await start();
      await using index = await place.open(SETTINGS);
      const chunks = Array.from({ length: 6 }, (_, number) =>
        chunk(`pump${' filler'.repeat(number)}`, { chunkIndex: number, vector: vectorAlong(0, 1 - number / 10) }),
      );
      await index.put(chunks);
      await place.settled();
      const without = chunks.slice(0, 2).map(({ chunkId }) => chunkId);
      const expected = chunks.slice(2, 4).map(({ content }) => content);
      assert.deepEqual(await found(index, { without, limit: 2 }), both(...expected));
    });
  });
