import assert from 'node:assert/strict';
import { excerpt, wordsOf } from '../../../../../api/cli/show/excerpt.ts';

const SIZE = { columns: 40, lines: 2 };

describe('an excerpt', () => {
  it('is the whole text where that is short', () => {
    assert.deepEqual(excerpt('one\n\ntwo', [], SIZE), ['one', 'two']);
  });

  it('is the lines that hold most of the words', () => {
    const text = ['nothing here', 'nor here', 'the signing key', 'is rotated daily', 'the end'].join('\n');
    assert.deepEqual(excerpt(text, wordsOf('rotate the SIGNING key'), SIZE), [
      '… the signing key',
      'is rotated daily',
      '…',
    ]);
  });

  it('begins at the start where no line is better', () => {
    assert.deepEqual(excerpt('a\nb\nc', ['zebra'], SIZE), ['a', 'b', '…']);
  });

  it('takes away the indentation that all lines share, and no more', () => {
    assert.deepEqual(excerpt('    if (a) {\n      b();\n    }', [], { columns: 40, lines: 3 }), [
      'if (a) {',
      '  b();',
      '}',
    ]);
  });

  it('shows control characters, and wraps to the width', () => {
    const lines = excerpt('\u001b]0;title\u0007 a long line of a document', [], { columns: 20, lines: 5 });
    assert.deepEqual(lines, ['␛]0;title␇ a long', 'line of a document']);
  });

  it('looks for whole questions by their words', () => {
    assert.deepEqual(wordsOf('How is it to be found? Found again!'), ['how', 'found', 'again']);
  });
});
