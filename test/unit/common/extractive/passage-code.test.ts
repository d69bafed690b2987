import assert from 'node:assert/strict';
import { codeSpansOf } from '../../../../common/domain/passage-code.ts';

const piecesOf = (code: string): string[] =>
  codeSpansOf(code, { start: 0, end: code.length }).map(({ start, end }) => code.slice(start, end));

const body = (lines: number, indent = '    ') =>
  Array.from({ length: lines }, (_, n) => `${indent}pour(cup${n}, leaves, water);`);

describe('codeSpansOf', () => {
  it('keeps a function with its comment and its body, blank lines included', () => {
    const brew = ['/** Brews tea. */', 'function brew() {', ...body(4), '', ...body(4), '}'].join('\n');
    const drink = ['function drink() {', ...body(8), '}'].join('\n');
    assert.deepEqual(piecesOf(`${brew}\n\n${drink}`), [brew, drink]);
    assert.deepEqual(piecesOf(`${brew}\n${drink}`), [brew, drink], 'without a blank line between');
  });

  it('puts small neighbours together', () => {
    const imports = 'import a from "a";\n\nimport b from "b";';
    assert.deepEqual(piecesOf(imports), [imports]);
  });

  it('cuts a long class at its members', () => {
    const member = (name: string) => [`    def ${name}(self):`, ...body(9, '        ')].join('\n');
    const pieces = piecesOf(['class Pot:', member('boil'), '', member('pour'), '', member('wash')].join('\n'));
    assert.deepEqual(
      pieces.map((piece) => /def \w+/.exec(piece)?.[0]),
      ['def boil', 'def pour', 'def wash'],
    );
    assert.ok(pieces[0]?.startsWith('class Pot:'));
  });

  it('cuts a long function between statements, not inside one', () => {
    const statement = ['    leaves', '        .dry()', '        .pack();'].join('\n');
    const pieces = piecesOf(['void brew() {', ...Array.from({ length: 20 }, () => statement), '}'].join('\n'));
    assert.ok(pieces.length > 1);
    for (const piece of pieces.slice(1)) assert.match(piece, /^ {4}leaves/);
  });

  it('cuts at lines what has no structure, and keeps a line that is long', () => {
    const flat = body(40, '').join('\n');
    assert.equal(piecesOf(flat).join('\n'), flat);
    const line = `data = "${'x'.repeat(3_000)}"`;
    assert.deepEqual(piecesOf(line), [line]);
  });

  it('begins a passage in the middle of a function', () => {
    const rest = ['        boil();', '    }', '', '    int next() {', ...body(8, '        '), '    }'].join('\n');
    assert.equal(piecesOf(rest).length, 2);
  });
});
