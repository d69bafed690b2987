import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  clip,
  clipStart,
  harmless,
  harmlessLines,
  padEnd,
  padStart,
  widthOf,
  wrap,
} from '../../../../../api/cli/terminal/text.ts';

const ESCAPE = '\u001b';

describe('text on a terminal', () => {
  it('shows control characters instead of obeying them', () => {
    assert.equal(harmless(`a${ESCAPE}[31mb\nc\u009b2Jd\u007f`), 'a␛[31mb␊c\ufffd2Jd\ufffd');
  });

  it('shows marks that turn the direction of writing', () => {
    assert.equal(harmless('invoice\u202efdp.exe'), 'invoice\ufffdfdp.exe');
  });

  it('keeps line breaks in texts of several lines, and makes tabs spaces', () => {
    assert.equal(harmlessLines(`one\r\n\ttwo${ESCAPE}`), 'one\n    two␛');
  });

  it('leaves no control character in any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/\p{Cc}/u.test(harmless(text))));
  });

  it('counts wide characters as two columns, and combined ones as one', () => {
    assert.equal(widthOf('abc'), 3);
    assert.equal(widthOf('日本語'), 6);
    assert.equal(widthOf('e\u0301te\u0301'), 3);
    assert.equal(widthOf('👩‍👩‍👧'), 2);
  });

  it('cuts names at the end or at the start, and marks that', () => {
    assert.equal(clip('documentation', 6), 'docum…');
    assert.equal(clipStart('docs/guides/install.md', 11), '…install.md');
    assert.equal(clipStart('short.md', 11), 'short.md');
  });

  it('pads to columns, not to characters', () => {
    assert.equal(padEnd('日本', 6), '日本  ');
    assert.equal(padStart('7', 3), '  7');
  });

  it('breaks lines at spaces and keeps their indentation', () => {
    assert.deepEqual(wrap('  one two three four', 10), ['  one two', '  three', '  four']);
  });

  it('breaks a word that is longer than a line', () => {
    assert.deepEqual(wrap('abcdefghij kl', 4), ['abcd', 'efgh', 'ij', 'kl']);
  });

  it('never makes a line wider than the terminal, and loses no word', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, columns) => {
        const lines = wrap(harmlessLines(text), columns);
        assert.ok(lines.every((line) => widthOf(line) <= columns));
        assert.equal(lines.join('').replaceAll(/\s/g, ''), harmlessLines(text).replaceAll(/\s/g, ''));
      }),
    );
  });
});
