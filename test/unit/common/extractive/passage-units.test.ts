import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type TextKind, unitsOf } from '../../../../common/domain/passage-units.ts';

const unitsIn = (text: string, kind: TextKind = 'prose'): string[] =>
  unitsOf(text, kind).map((unit) => `${unit.kind}: ${text.slice(unit.start, unit.end)}`);

describe('unitsOf', () => {
  it('leaves out headings and rules, and remembers the heading', () => {
    const text = '# Tea\n\nTea is hot.\n\n---\n\nGreen tea\n\nIt is green.';
    assert.deepEqual(unitsIn(text), ['prose: Tea is hot.', 'prose: It is green.']);
    assert.deepEqual(
      unitsOf(text, 'prose').map(({ heading }) => heading),
      ['Tea', 'Green tea'],
    );
  });

  it('keeps a list item whole, with the lines that go on with it', () => {
    assert.deepEqual(unitsIn('You need:\n- a pot\n- leaves, which\n  must be dry\n1. Boil. Then wait.'), [
      'prose: You need:',
      'item: - a pot',
      'item: - leaves, which\n  must be dry',
      'item: 1. Boil. Then wait.',
    ]);
  });

  it('takes a table row by row, without the rule below its head', () => {
    assert.deepEqual(unitsIn('| Tea | Minutes |\n|---|---|\n| green | 2 |'), [
      'row: | Tea | Minutes |',
      'row: | green | 2 |',
    ]);
    assert.deepEqual(unitsIn('Tea\tMinutes\tGrams\ngreen\t2\t3'), ['row: Tea\tMinutes\tGrams', 'row: green\t2\t3']);
  });

  it('keeps fenced text as code, whatever it looks like', () => {
    assert.deepEqual(unitsIn('Say:\n```text\nHello there, how are you today?\n```\nThen go.'), [
      'prose: Say:',
      'code: Hello there, how are you today?',
      'prose: Then go.',
    ]);
  });

  it('ends a fence at one that is as long', () => {
    assert.deepEqual(unitsIn('````\nmake()\n```\nmake()\n````\nThat was all of it.'), [
      'code: make()\n```\nmake()',
      'prose: That was all of it.',
    ]);
  });

  it('sees that a passage begins inside a fence', () => {
    assert.deepEqual(unitsIn('const tea = brew();\npour(tea);\n```\nNow the tea is ready to drink.'), [
      'code: const tea = brew();\npour(tea);',
      'prose: Now the tea is ready to drink.',
    ]);
    assert.deepEqual(unitsIn('```\nNow the tea is ready to drink.'), ['prose: Now the tea is ready to drink.']);
  });

  it('tells code from prose without fences', () => {
    const text = 'Call it with a pot, like in this example:\nconst tea = brew(pot);\npour(tea);';
    assert.deepEqual(unitsIn(text), [
      'prose: Call it with a pot, like in this example:',
      'code: const tea = brew(pot);\npour(tea);',
    ]);
  });

  it('lets a text of unknown kind tell what it is', () => {
    const python = '# Brews tea.\ndef brew(pot):\n    return pot.boil()';
    assert.deepEqual(unitsIn(python, 'unknown'), [`code: ${python}`]);
    assert.deepEqual(unitsIn('Tea is hot. Drink it soon.', 'unknown'), ['prose: Tea is hot.', 'prose: Drink it soon.']);
  });

  it('says nothing of nothing', () => {
    assert.deepEqual(unitsIn(''), []);
    assert.deepEqual(unitsIn('\n \n', 'code'), []);
  });

  it('goes through any text in order, without overlap', () => {
    const line = fc.constantFrom('# a b', '- an item', '```', '~~~~', '| a | b |', 'x = f(1);', 'It is so.', '', '  }');
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom<TextKind>('prose', 'code', 'unknown'),
        (lines, kind) => {
          let end = 0;
          for (const unit of unitsOf(lines.join('\n'), kind)) {
            assert.ok(unit.start >= end && unit.end > unit.start);
            end = unit.end;
          }
        },
      ),
    );
  });
});
