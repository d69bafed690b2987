import type { Citation } from '../../../ports/generator.ts';
import type { Candidate } from './candidates.ts';
import { quotedCode, quotedProse, quotedRow } from './quote.ts';
import type { Chosen } from './select.ts';

/** Neighbouring units, quoted together under one number. */
type Statement = readonly [Chosen, ...Chosen[]];

export interface Composed {
  /** With what parts it from the one before. */
  readonly text: string;
  readonly citation: Citation;
}

/** The chosen units as cited statements: section by section, the best one first, each section in reading order. */
export const compose = (chosen: readonly Chosen[]): Composed[] =>
  inReadingOrder(statementsOf(chosen)).map((statement, index, all) => {
    const citation = citationOf(statement, index + 1);
    const text = `${textOf(statement)}${isCode(statement) ? '\n' : ' '}[${citation.n}]`;
    return { text: `${separator(all[index - 1], statement)}${text}`, citation };
  });

/** Rows of one table stay together. */
const separator = (before: Statement | undefined, [{ stretch, unit }]: Statement): string => {
  const last = before?.at(-1);
  if (last === undefined) return '';
  return last.stretch === stretch && last.unit.kind === 'row' && unit.kind === 'row' ? '\n' : '\n\n';
};

const statementsOf = (chosen: readonly Chosen[]): Statement[] => {
  const statements: [Chosen, ...Chosen[]][] = [];
  for (const unit of chosen.toSorted((a, b) => a.index - b.index)) {
    const before = statements.find((statement) => continues(statement.at(-1), unit));
    if (before === undefined) statements.push([unit]);
    else before.push(unit);
  }
  return statements;
};

/** Nothing but white space is left out between them, or the rule below a table's head. */
const continues = (last: Candidate | undefined, next: Candidate): boolean => {
  if (last?.stretch !== next.stretch || last.index + 1 !== next.index) return false;
  const [before, after] = [last.unit.kind, next.unit.kind];
  if ((before === 'code') !== (after === 'code')) return false;
  const between = next.stretch.text.slice(last.unit.end, next.unit.start);
  return between.trim() === '' || (before === 'row' && after === 'row');
};

const inReadingOrder = (statements: readonly Statement[]): Statement[] => {
  const bestOf = (section: readonly Statement[]) => Math.max(...section.flat().map(({ score }) => score));
  return [...Map.groupBy(statements, sectionOf).values()]
    .toSorted((a, b) => bestOf(b) - bestOf(a))
    .flatMap((section) => section.toSorted((a, b) => startOf(a) - startOf(b)));
};

/** Where a text has no sections, what stands together is one. */
const sectionOf = ([{ stretch, passage }]: Statement): string =>
  JSON.stringify([stretch.documentId, passage.section ?? stretch.startPosition]);

const startOf = ([{ stretch, unit }]: Statement): number => stretch.startPosition + unit.start;

const isCode = ([first]: Statement): boolean => first.unit.kind === 'code';

/** What the document says there, character by character. */
const sourceOf = (units: readonly Chosen[]): string => {
  const [first, last] = [units[0], units.at(-1)];
  return first?.stretch.text.slice(first.unit.start, last?.unit.end) ?? '';
};

const textOf = (statement: Statement): string => {
  if (isCode(statement)) return quotedCode(sourceOf(statement));
  return [...Map.groupBy(statement, ({ unit }) => unit.block).values()].map(paragraphOf).join('\n');
};

const paragraphOf = (units: readonly Chosen[]): string =>
  units[0]?.unit.kind === 'row' ? quotedRow(sourceOf(units)) : quotedProse(sourceOf(units));

const citationOf = (statement: Statement, n: number): Citation => {
  const [{ passage }] = statement;
  const snippet = sourceOf(statement);
  return {
    n,
    documentId: passage.documentId,
    fileName: passage.fileName,
    ...(passage.pageNumber !== undefined && { pageNumber: passage.pageNumber }),
    ...(passage.section !== undefined && { section: passage.section }),
    startPosition: startOf(statement),
    endPosition: startOf(statement) + snippet.length,
    snippet,
  };
};
