import assert from 'node:assert/strict';
import { describe as described } from '../../../../../workers/extract/describing/describe.ts';
import type { Reading } from '../../../../../workers/extract/reading.ts';

const reading = (text: string, more: Partial<Reading> = {}): Reading => ({ text, kind: 'prose', marks: [], ...more });

const ENGLISH =
  'The documents are read in several steps, and whoever uploaded them is told how far the work has come. ';
const GERMAN =
  'Die Dokumente werden in mehreren Schritten gelesen, und wer sie hochgeladen hat, sieht den Fortschritt. ';

describe('describe', () => {
  it('finds out the language, from all parts of a text', async () => {
    assert.equal((await described(reading(ENGLISH))).language, 'en');
    assert.equal((await described(reading(GERMAN))).language, 'de');
    assert.equal((await described(reading(`${ENGLISH}${GERMAN.repeat(5000)}`))).language, 'de');
  });

  it('does not guess the language of a program, or of next to nothing', async () => {
    assert.equal((await described(reading(ENGLISH, { kind: 'code' }))).language, undefined);
    assert.equal((await described(reading('12:30 - 14'))).language, undefined);
  });

  it('names the words that a text is about', async () => {
    const text =
      'The extractor reads files. An extractor with limits reads many files, and the Extractors stop. const const';
    const { keywords } = await described(reading(text));
    assert.deepEqual(keywords.slice(0, 2), ['extractor', 'reads']);
    assert.ok(!keywords.includes('const') && !keywords.includes('the'));
  });

  it('shows the first 500 characters, and splits none', async () => {
    const { preview, textLength } = await described(reading(`${'a'.repeat(499)}😀 and more`));
    assert.equal(preview, 'a'.repeat(499));
    assert.equal(textLength, 510);
  });

  it('gives a title and pages only where there are some', async () => {
    const { title, pageCount } = await described(reading('x', { title: ' A\n title ', pageStarts: [0, 1] }));
    assert.deepEqual([title, pageCount], ['A title', 2]);
    assert.deepEqual(Object.keys(await described(reading(''))), ['textLength', 'preview', 'keywords']);
  });
});
