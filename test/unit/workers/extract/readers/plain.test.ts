import assert from 'node:assert/strict';
import fc from 'fast-check';
import { read as readCode } from '../../../../../workers/extract/readers/code.ts';
import { read as readCsv } from '../../../../../workers/extract/readers/csv.ts';
import { read as readJson } from '../../../../../workers/extract/readers/json.ts';
import { read as readMarkdown } from '../../../../../workers/extract/readers/md.ts';
import { readerFor } from '../../../../../workers/extract/readers/readers.ts';
import { read as readText } from '../../../../../workers/extract/readers/text.ts';
import { read as readYaml } from '../../../../../workers/extract/readers/yaml.ts';
import { outlineOf, readingOf } from '../../../../support/reading.ts';

const READERS = { readCode, readCsv, readJson, readMarkdown, readText, readYaml };

describe('the readers of plain formats', () => {
  for (const [name, read] of Object.entries(READERS)) {
    it(`keep the text character for character, and their marks in order: ${name}`, async () => {
      const pieces = fc.constantFrom(
        '# a\n',
        '"a": {',
        '```\n',
        'a: |\n',
        '  b: 1\n',
        'class A {\n',
        'x,"y\n',
        '---\n',
        'é',
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme-ascii' }))), async (parts) => {
          const original = parts.join('');
          const { text, marks } = await readingOf(read, original);
          assert.equal(text, original);
          const starts = marks.map(({ start }) => start);
          assert.deepEqual(
            starts,
            starts.toSorted((a, b) => a - b),
          );
          assert.ok(starts.every((start) => start >= 0 && start <= text.length));
        }),
      );
    });
  }

  it('are chosen by the format, and for plain text by the name', async () => {
    assert.equal(await readerFor('txt', 'main.go'), readCode);
    assert.equal(await readerFor('txt', 'notes.txt'), readText);
    assert.equal(await readerFor('csv', 'table.csv'), readCsv);
    assert.equal(await readerFor('who-knows', 'x'), readText);
  });
});

describe('markdown', () => {
  it('has its headings as sections, but not those in code', async () => {
    const text = 'Title\n=====\n\n## A *b* [c](d) ##\n\n```sh\n# no heading\n```\n\nSub\n---\n\n#no heading either\n';
    const outline = outlineOf(await readingOf(readMarkdown, text));
    assert.deepEqual(outline, ['1 Title: Title', '2 A b c: ## A *b* [c](d) ##', '2 Sub: Sub']);
  });

  it('is called what its front matter says, or its first heading', async () => {
    assert.equal((await readingOf(readMarkdown, '---\ntitle: "Named"\n---\n# Heading')).title, 'Named');
    assert.equal((await readingOf(readMarkdown, '## Early\n\n# Heading\n')).title, 'Heading');
    assert.equal((await readingOf(readMarkdown, 'no heading')).title, undefined);
  });
});

describe('plain text', () => {
  it('has underlined, AsciiDoc and LaTeX headings', async () => {
    const text = 'Top\n===\n\nBelow\n-----\n\n== Doc\n\n\\section{Tex} words\n\na\n--------\n';
    const outline = outlineOf(await readingOf(readText, text));
    assert.deepEqual(outline, [
      '1 Top: Top',
      '2 Below: Below',
      '2 Doc: == Doc',
      '3 Tex: \\section{Tex} words',
      '2 a: a',
    ]);
  });
});

describe('CSV', () => {
  it('stands under its column names, and breaks at rows alone', async () => {
    const { marks } = await readingOf(readCsv, 'id;"the name"\r\n1;"two\r\nlines"\r\n2;b\r\n');
    assert.deepEqual(
      marks.map(({ start, title }) => [start, title]),
      [
        [0, 'id, the name'],
        [15, undefined],
        [31, undefined],
      ],
    );
  });

  it('takes a first row of numbers for no header', async () => {
    assert.equal((await readingOf(readCsv, '1,2,3\n4,5,6\n')).marks[0]?.title, '');
  });
});

describe('JSON', () => {
  it('has the keys of its outer objects as sections', async () => {
    const text = '{"a": {"b": [1, {"c": 2}], "d\\"": "e: {"}, "f": 1}';
    const keys = outlineOf(await readingOf(readJson, text)).map((line) => line.split(':')[0]);
    assert.deepEqual(keys, ['1 a', '2 b', '2 d\\"', '1 f']);
  });

  it('bears a million brackets', async () => {
    assert.ok((await readingOf(readJson, '['.repeat(1e6))).marks.length > 0);
  });
});

describe('YAML', () => {
  it('has its outer keys as sections, but not what a block of text says', async () => {
    const text = 'on: push\njobs:\n  build:\n    run: |\n      no: key\n    after: 1\n---\nnext: 2\n';
    const keys = outlineOf(await readingOf(readYaml, text)).map((line) => line.split(':')[0]);
    assert.deepEqual(keys, ['1 on', '1 jobs', '2 build', '3 run', '3 after', '1 ', '1 next']);
  });
});
