import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atomsOf } from '../../../../../workers/extract/chunking/atoms.ts';
import { chunksOf } from '../../../../../workers/extract/chunking/chunks.ts';
import { PAGE_LEVEL, type Reading, ROW_LEVEL } from '../../../../../workers/extract/reading.ts';

const BUDGET = 60;

const prose = (text: string, more: Partial<Reading> = {}): Reading => ({ text, kind: 'prose', marks: [], ...more });
const contents = (reading: Reading, budget = BUDGET): string[] => [...chunksOf(reading, budget)].map((c) => c.content);
const sentences = (count: number, about: string): string =>
  Array.from({ length: count }, (_, at) => `Sentence ${at} says a thing about ${about}.`).join(' ');

/** Text of every kind that has ever been trouble. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.lorem({ mode: 'sentences', maxCount: 4 }),
      fc.constantFrom('\n', '\r\n', '\n\n', '    ', '\t', '\u2028', '\u3000', 'a'.repeat(300), '漢字。'.repeat(40)),
      fc.constantFrom(
        '👨‍👩‍👧‍👦',
        'e\u0301\u0323',
        '🇩🇪',
        '\ud83d',
        '\ude00',
        '{"a":[1,2]},',
        'getUserByIdAndName',
        '-----',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

const anyKind = fc.constantFrom('prose', 'rows', 'code');

const anyReading = fc
  .tuple(anyText, anyKind, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 8 }), fc.string()), { maxLength: 10 }))
  .map(([text, kind, drawn]): Reading => {
    const marks = drawn.map(([at, level, title]) => ({ start: at % (text.length + 1), level, title }));
    return { text, kind: kind as Reading['kind'], marks: marks.sort((a, b) => a.start - b.start) };
  });

describe('chunksOf', () => {
  it('gives exact parts of the text, in order, with only white space between them', () => {
    fc.assert(
      fc.property(anyReading, (reading) => {
        const { text } = reading;
        let end = 0;
        for (const [index, chunk] of [...chunksOf(reading, BUDGET)].entries()) {
          assert.equal(chunk.chunkIndex, index);
          assert.equal(chunk.content, text.slice(chunk.startPosition, chunk.endPosition));
          assert.match(text.slice(end, chunk.startPosition), /^\s*$/);
          assert.notEqual(chunk.content.trim(), '');
          end = chunk.endPosition;
        }
        assert.match(text.slice(end), /^\s*$/);
      }),
    );
  });

  it('never goes over its budget', () => {
    fc.assert(
      fc.property(anyText, anyKind, (text, kind) => {
        for (const content of contents({ text, kind: kind as Reading['kind'], marks: [] })) {
          const cost = [...atomsOf(prose(content))].reduce((sum, atom) => sum + atom.cost, 0);
          assert.ok(cost <= BUDGET, `${cost} for ${content}`);
        }
      }),
    );
  });

  it('splits no character of a well-formed text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const content of contents(prose(text.toWellFormed()))) assert.ok(content.isWellFormed());
      }),
    );
    const families = contents(prose('👨‍👩‍👧‍👦'.repeat(200)));
    assert.ok(families.length > 1);
    for (const content of families) assert.equal(content.length % '👨‍👩‍👧‍👦'.length, 0);
  });

  it('begins a chunk at a heading and says what it is under', () => {
    const text = `# One\n\n${sentences(5, 'apples')}\n\n# Two\n\n${sentences(5, 'pears')}`;
    const marks = [
      { start: 0, level: 1, title: 'One' },
      { start: text.indexOf('# Two'), level: 1, title: 'Two' },
    ];
    const [first, second] = [...chunksOf(prose(text, { marks }), BUDGET)];
    assert.deepEqual([first?.metadata.section, second?.metadata.section], ['One', 'Two']);
    assert.ok(second?.content.startsWith('# Two'));
  });

  it('puts small sections together under what they have in common', () => {
    const text = '# Fruit\n\n## Apple\n\nRed.\n\n## Pear\n\nGreen.';
    const marks = [
      { start: 0, level: 1, title: 'Fruit' },
      { start: text.indexOf('## A'), level: 2, title: 'Apple' },
      { start: text.indexOf('## P'), level: 2, title: 'Pear' },
    ];
    const chunks = [...chunksOf(prose(text, { marks }), BUDGET)];
    assert.deepEqual(
      chunks.map(({ content, metadata }) => [content, metadata.section]),
      [[text, 'Fruit']],
    );
  });

  it('cuts between paragraphs, else between sentences, else between words', () => {
    const [one, two] = [sentences(4, 'apples'), sentences(4, 'pears')];
    assert.deepEqual(contents(prose(`${one}\n\n${two}`)), [one, two]);
    for (const content of contents(prose(sentences(40, 'plums')))) assert.match(content, /^Sentence .*\.$/s);
    for (const content of contents(prose('word '.repeat(500)))) assert.match(content, /^word( word)*$/);
  });

  it('splits what is a little too long into halves, not into much and a rest', () => {
    const lengths = contents(prose(sentences(9, 'figs'))).map((content) => content.length);
    assert.equal(lengths.length, 2);
    assert.ok(Math.min(...lengths) > 0.6 * Math.max(...lengths), lengths.join(' and '));
  });

  it('keeps rows whole', () => {
    const rows = Array.from({ length: 50 }, (_, at) => `${at},"some text, and more"`);
    const text = rows.join('\n');
    const starts = rows.map((_, at) => rows.slice(0, at).reduce((sum, row) => sum + row.length + 1, 0));
    const marks = [{ start: 0, level: 1, title: 'id, text' }, ...starts.map((start) => ({ start, level: ROW_LEVEL }))];
    for (const { content, metadata } of chunksOf(prose(text, { marks }), BUDGET)) {
      assert.equal(metadata.section, 'id, text');
      assert.match(content, /^\d+,/);
      assert.match(content, /more"$/);
    }
  });

  it('names the page on which most of a chunk stands', () => {
    const pages = [sentences(6, 'page one'), sentences(6, 'page two'), '', sentences(6, 'page four')];
    const pageStarts = pages.map((_, at) => pages.slice(0, at).reduce((sum, page) => sum + page.length + 1, 0));
    const marks = pageStarts.map((start) => ({ start, level: PAGE_LEVEL }));
    const chunks = [...chunksOf(prose(pages.join('\n'), { marks, pageStarts }), BUDGET)];
    for (const { content, metadata } of chunks) {
      const named = /page (one|two|four)/.exec(content)?.[1];
      assert.equal(metadata.pageNumber, { one: 1, two: 2, four: 4 }[named as 'one']);
    }
    assert.deepEqual([...new Set(chunks.map(({ metadata }) => metadata.pageNumber))], [1, 2, 4]);
  });

  it('shows the indentation of its first line', () => {
    const text = `def f():\n${'    call(something, else_)\n'.repeat(30)}`;
    for (const content of contents({ text, kind: 'code', marks: [] }).slice(1)) assert.match(content, /^ {4}call/);
  });

  it('counts words as people do', () => {
    const [chunk] = chunksOf(prose("It isn't a well-known 3rd café — 漢字!"), BUDGET);
    assert.equal(chunk?.metadata.wordCount, 9);
  });

  it('gives nothing for an empty or blank text', () => {
    assert.deepEqual([contents(prose('')), contents(prose(' \n\t\u3000\n'))], [[], []]);
  });

  for (const [what, text] of [
    ['one word of a million letters', 'a'.repeat(1e6)],
    ['a million line ends', `x${'\n'.repeat(1e6)}y`],
    ['a million accents on one letter', `a${'\u0301'.repeat(1e6)}`],
    ['ten megabytes in one line', 'word '.repeat(2e6)],
  ] as const) {
    it(`takes ${what} in its stride`, () => {
      for (const { content } of chunksOf(prose(text), BUDGET)) assert.ok(content.length < 2000);
    });
  }
});
