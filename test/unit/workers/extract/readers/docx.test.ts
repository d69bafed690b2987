import assert from 'node:assert/strict';
import { read } from '../../../../../workers/extract/readers/docx.ts';
import { docxOf, paragraph, table } from '../../../../support/docx.ts';
import { outlineOf, readingOf } from '../../../../support/reading.ts';

describe('DOCX', () => {
  it('has headings as sections and tables as rows', async () => {
    const body = [
      paragraph('Guide', 'Heading1'),
      paragraph('First.'),
      table([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      paragraph('Last.'),
    ];
    const reading = await readingOf(read, docxOf(body.join('')));
    assert.equal(reading.text, 'Guide\n\nFirst.\n\na | b\nc | d\n\nLast.');
    assert.deepEqual(outlineOf(reading), ['1 Guide: Guide']);
    assert.equal(reading.title, 'Guide');
  });

  it('knows headings by the name of their style, whatever language its id is in', async () => {
    const body = paragraph('Titel', 'berschrift1') + paragraph('Text.') + paragraph('Unten', 'x2');
    const reading = await readingOf(read, docxOf(body, { berschrift1: 'heading 1', x2: 'heading 2' }));
    assert.deepEqual(outlineOf(reading), ['1 Titel: Titel', '2 Unten: Unten']);
  });

  it('says what to do about a locked document', async () => {
    const locked = Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex');
    await assert.rejects(readingOf(read, locked));
  });

  it('refuses what unpacks to far more than it is', async () => {
    const bomb = docxOf('<w:p/>'.repeat(2_100_000));
    assert.ok(bomb.length < 50_000);
    await assert.rejects(readingOf(read, bomb), { code: 'unreadable', message: /unpacks to more than can be read/ });
  });
});
