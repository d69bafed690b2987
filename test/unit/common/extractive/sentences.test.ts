import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sentencesOf } from '../../../../common/domain/sentences.ts';

const sentencesIn = (text: string): string[] =>
  sentencesOf(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

describe('sentencesOf', () => {
  it('ends a sentence at its mark', () => {
    assert.deepEqual(sentencesIn('It works. Does it? Yes!'), ['It works.', 'Does it?', 'Yes!']);
  });

  it('goes on over abbreviations, initials, versions and numbers of lists', () => {
    for (const text of [
      'Ask Dr. Ada for it.',
      'See e.g. Node.js v1.2 on p. 4.',
      'By J. R. Smith.',
      '2. Press Start.',
    ]) {
      assert.deepEqual(sentencesIn(text), [text]);
    }
  });

  it('reads on where a line was wrapped', () => {
    const wrapped = 'The service keeps every message until it has\nbeen acknowledged by its reader. Then it goes.';
    assert.deepEqual(sentencesIn(wrapped), [
      'The service keeps every message until it has\nbeen acknowledged by its reader.',
      'Then it goes.',
    ]);
  });

  it('ends where a line is short, though it has no mark', () => {
    assert.deepEqual(sentencesIn('Getting started\nInstall the package with the command that is shown below.'), [
      'Getting started',
      'Install the package with the command that is shown below.',
    ]);
  });

  it('leaves the mark of a reference with its sentence', () => {
    assert.deepEqual(sentencesIn('It was founded in 1975.[16][17] The magazine told of it.'), [
      'It was founded in 1975.[16][17]',
      'The magazine told of it.',
    ]);
  });

  it('knows sentences without spaces', () => {
    assert.deepEqual(sentencesIn('首先下载安装包。然后运行它！好吗？'), ['首先下载安装包。', '然后运行它！', '好吗？']);
  });

  it('cuts between words what has no end', () => {
    const pieces = sentencesIn('word '.repeat(300));
    assert.ok(pieces.every((piece) => piece.length <= 400 && /^(?:word ?)+$/.test(piece)));
  });

  it('loses nothing but white space, and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 1_000 }), (text) => {
        assert.equal(sentencesIn(text).join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
        assert.ok(sentencesIn(text).every((sentence) => sentence.isWellFormed() && sentence.trim() === sentence));
      }),
    );
  });
});
