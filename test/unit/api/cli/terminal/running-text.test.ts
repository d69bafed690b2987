import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runningText } from '../../../../../api/cli/terminal/running-text.ts';

const written = (pieces: readonly string[], columns: number): string => {
  const text = runningText(columns);
  return pieces.map((piece) => text.push(piece)).join('') + text.end();
};

describe('text that arrives in pieces', () => {
  it('is wrapped between words, wherever the pieces were cut', () => {
    assert.equal(written(['The qu', 'ick bro', 'wn fox', ' jumps.'], 10), 'The quick \nbrown fox \njumps.');
  });

  it('holds back a word until it is known where it ends', () => {
    const text = runningText(80);
    assert.equal(text.push('Hel'), '');
    assert.equal(text.push('lo wor'), 'Hello ');
    assert.equal(text.end(), 'wor');
  });

  it('keeps paragraphs apart', () => {
    assert.equal(written(['one\n\ntwo'], 80), 'one\n\ntwo');
  });

  it('makes control characters harmless, also when a piece ends within a sequence', () => {
    assert.equal(written(['a \u001b', '[31m b'], 80), 'a ␛[31m b');
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), (pieces) => {
        const plain = (text: string) => text.replaceAll(/\s/g, '');
        assert.equal(plain(written(pieces, 12)), plain(pieces.join('')));
      }),
    );
  });
});
