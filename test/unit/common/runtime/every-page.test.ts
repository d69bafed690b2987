import assert from 'node:assert/strict';
import { everyPage } from '../../../../common/runtime/every-page.ts';

const PAGES: Record<string, { items: number[]; nextCursor?: string }> = {
  '': { items: [1, 2], nextCursor: 'b' },
  b: { items: [], nextCursor: 'c' },
  c: { items: [3] },
};

describe('everyPage', () => {
  it('gives the items of all pages, an empty one in between or not', async () => {
    const numbers: number[] = [];
    for await (const number of everyPage(async (cursor = '') => PAGES[cursor] ?? { items: [] })) numbers.push(number);
    assert.deepEqual(numbers, [1, 2, 3]);
  });

  it('asks for a page when it is needed, and no sooner', async () => {
    const asked: string[] = [];
    const numbers = everyPage(async (cursor = '') => {
      asked.push(cursor);
      return PAGES[cursor] ?? { items: [] };
    });
    for await (const number of numbers) if (number === 2) break;
    assert.deepEqual(asked, ['']);
  });
});
