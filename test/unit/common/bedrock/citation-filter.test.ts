import assert from 'node:assert/strict';
import fc from 'fast-check';
import { citationFilter } from '../../../../common/adapters/aws/bedrock/citation-filter.ts';

/** Passages 1 to 3 are there, and keep their numbers. */
const upToThree = (n: number) => (n <= 3 ? n : undefined);

const through = (pieces: readonly string[], cite: (n: number, statement: string) => number | undefined = upToThree) => {
  const filter = citationFilter(cite);
  const shown = pieces.map((piece) => filter.push(piece));
  return [...shown, filter.end()];
};
const filtered = (text: string) => through([text]).join('');

describe('citationFilter', () => {
  it('keeps what names a passage, and takes out what does not', () => {
    assert.equal(filtered('It is so [1]. It is not so [9].'), 'It is so [1]. It is not so.');
    assert.equal(filtered('It is so[7][2].'), 'It is so[2].');
  });

  it('spells several numbers one by one', () => {
    assert.equal(filtered('So [1, 3]. And so [2-4].'), 'So [1][3]. And so [2][3].');
  });

  it('holds back what may become a citation, and nothing else', () => {
    assert.deepEqual(through(['It is ', 'so [', '4', '] and', ' good [1', '].']), [
      'It is',
      ' so',
      '',
      ' and',
      ' good',
      ' [1].',
      '',
    ]);
  });

  it('leaves code alone', () => {
    const code = 'Call `list[7]`:\n```js\nlist[8] = `a`;\n```\nDone [9].';
    assert.equal(filtered(code), code.replace(' [9]', ''));
  });

  it('takes no year and no index for a citation', () => {
    assert.equal(filtered('In [2024] and x[0].'), 'In [ 2024 ] and x[ 0 ].');
  });

  it('shows an open bracket that comes to nothing', () => {
    assert.equal(filtered('See [1'), 'See [1');
    assert.equal(filtered('See [the page](x) '), 'See [the page](x)');
  });

  it('tells what was said since the last citation', () => {
    const statements: string[] = [];
    through(['A loaf bakes. [1][2] Cells', ' divide [3].\n\nThe end [1]'], (n, statement) => {
      statements.push(statement.trim());
      return n;
    });
    assert.deepEqual(statements, ['A loaf bakes.', 'A loaf bakes.', 'Cells divide', 'The end']);
  });

  it('answers the same however the text is cut', () => {
    const part = fc.constantFrom('[', ']', '1', '9', ' ', '`', '```', '\n', 'a', ', ', '[2]', '[8]', '.');
    const texts = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(40), { maxLength: 6 }), (text, cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        assert.equal(through(pieces).join(''), filtered(text));
      }),
    );
  });

  it('lets no number through outside code that names no passage', () => {
    const part = fc.constantFrom('[1]', '[7]', '[12]', ' ', 'word', '[', ']', '3', '\n', '.');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        for (const [, n] of through(parts)
          .join('')
          .matchAll(/\[(\d+)\]/g))
          assert.ok(Number(n) <= 3);
      }),
    );
  });
});
