import assert from 'node:assert/strict';
import { read } from '../../../../../workers/extract/readers/pdf.ts';
import { linesAt, type PdfText, pdfOf } from '../../../../support/pdf.ts';
import { outlineOf, readingOf } from '../../../../support/reading.ts';

const LEFT = Array.from({ length: 12 }, (_, at) => `Left line ${at} has some words.`);
const RIGHT = Array.from({ length: 12 }, (_, at) => `Right line ${at} has some words.`);
const COLUMNS = [...linesAt(50, LEFT), ...linesAt(330, RIGHT)];

const textOf = async (...pages: PdfText[][]): Promise<string> => (await readingOf(read, pdfOf(pages))).text;

describe('PDF', () => {
  it('keeps lines, paragraphs and pages', async () => {
    const pages = [[...linesAt(72, ['One.', 'Two.']), ...linesAt(72, ['Apart.'], 600)], linesAt(72, ['Page two.'])];
    const { text, pageStarts } = await readingOf(read, pdfOf(pages));
    assert.equal(text, 'One.\nTwo.\n\nApart.\n\nPage two.');
    assert.deepEqual(pageStarts, [0, text.indexOf('Page two')]);
  });

  it('is called as its author says, or by the heading of its first page', async () => {
    const page = [
      { text: 'Heading', x: 72, y: 740, size: 20 },
      ...linesAt(72, ['Text that is longer than the heading.']),
    ];
    assert.equal((await readingOf(read, pdfOf([page], { title: 'Said' }))).title, 'Said');
    const reading = await readingOf(read, pdfOf([page], { title: 'untitled' }));
    assert.equal(reading.title, 'Heading');
    assert.deepEqual(outlineOf(reading), ['1 Heading: Heading']);
  });

  it('reads columns one after the other, in whatever order they are drawn', async () => {
    const expected = [...LEFT, ...RIGHT].join(' ');
    const drawn = [
      COLUMNS,
      COLUMNS.toReversed(),
      COLUMNS.toSorted((a, b) => ((a.x + 7 * a.y) % 31) - ((b.x + 7 * b.y) % 31)),
    ];
    for (const texts of drawn) assert.equal((await textOf(texts)).replace(/\s+/g, ' '), expected);
  });

  it('keeps the cells of a row together', async () => {
    const row = (y: number, ...cells: string[]): PdfText[] => cells.map((text, at) => ({ text, x: 72 + 150 * at, y }));
    assert.equal(await textOf([...row(700, 'Name', 'Age'), ...row(686, 'Ann', '42')]), 'Name\tAge\nAnn\t42');
  });

  it('makes words whole that were broken at the end of a line', async () => {
    const lines = ['The imple-', 'mentation is multi-', 'agent, for agents of multi use: an agent.'];
    assert.equal(
      await textOf(linesAt(72, lines)),
      'The implementation\nis multi-agent,\nfor agents of multi use: an agent.',
    );
  });

  it('says what to do about an encrypted file', async () => {
    const locked = pdfOf([COLUMNS], { encrypted: true });
    const message = 'The PDF is encrypted; upload an unlocked copy.';
    await assert.rejects(readingOf(read, locked), { code: 'unreadable', message });
  });

  it('says what to do about scans', async () => {
    await assert.rejects(readingOf(read, pdfOf([[], []])), { code: 'unreadable', message: /only images or scans/ });
  });
});
