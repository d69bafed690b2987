import type { Unit } from '../../../domain/passage-units.ts';
import type { Citation } from '../../../ports/generator.ts';
import type { Candidate } from './candidates.ts';
import { quotedCode, quotedProse } from './quote.ts';
import type { Scored } from './select.ts';

/** Neighbouring units, quoted together under one number. */
type Statement = readonly Scored[];

export interface Composed {
  readonly text: string;
  readonly citation: Citation;
}

/** The chosen units as cited statements: document by document, the best one first, each in reading order. */
export const compose = (chosen: readonly Scored[]): Composed[] =>
  inReadingOrder(statementsOf(chosen)).map((statement, index) => {
    const citation = citationOf(statement, index + 1);
    return { text: `${textOf(statement)} [${citation.n}]`.replace(/(`{3,}) \[/, '$1\n['), citation };
  });

const statementsOf = (chosen: readonly Scored[]): Statement[] => {
  const statements: Scored[][] = [];
  for (const candidate of chosen.toSorted((a, b) => a.index - b.index)) {
    const before = statements.find((known) => continues(known.at(-1), candidate));
    if (before === undefined) statements.push([candidate]);
    else before.push(candidate);
  }
  return statements;
};

const continues = (last: Candidate | undefined, next: Candidate): boolean =>
  last?.stretch === next.stretch && last.index + 1 === next.index && (last.unit.kind === 'code') === (next.unit.kind === 'code');

export const ORDER = { by: 'section' };
const inReadingOrder = (statements: readonly Statement[]): Statement[] => {
  const documents = Map.groupBy(statements, ([first]) => ORDER.by === 'document' ? first?.stretch.documentId : ORDER.by === 'section' ? `${first?.stretch.documentId} ${first?.passage.section ?? first?.stretch.startPosition}` : first);
  const best = (all: readonly Statement[]) => Math.max(...all.flat().map(({ score }) => score));
  return [...documents.values()]
    .toSorted((a, b) => best(b) - best(a))
    .flatMap((all) => all.toSorted((a, b) => positionOf(a) - positionOf(b)));
};

const positionOf = ([first]: Statement): number =>
  first === undefined ? 0 : first.stretch.startPosition + first.unit.start;

const textOf = (statement: Statement): string => {
  const [first] = statement;
  const last = statement.at(-1);
  if (first === undefined || last === undefined) return '';
  if (first.unit.kind === 'code') return quotedCode(first.stretch.text.slice(first.unit.start, last.unit.end));
  return statement.map((candidate, index) => `${separator(statement[index - 1]?.unit, candidate.unit)}${quotedProse(candidate.text)}`).join('');
};

const separator = (before: Unit | undefined, unit: Unit): string => {
  if (before === undefined) return '';
  return before.block === unit.block ? ' ' : '\n';
};

const citationOf = (statement: Statement, n: number): Citation => {
  const [first] = statement as [Scored];
  const { stretch } = first;
  const end = statement.at(-1)?.unit.end ?? first.unit.end;
  const { documentId, fileName, pageNumber, section } = first.passage;
  return {
    n,
    documentId,
    fileName,
    ...(pageNumber !== undefined && { pageNumber }),
    ...(section !== undefined && { section }),
    startPosition: stretch.startPosition + first.unit.start,
    endPosition: stretch.startPosition + end,
    snippet: stretch.text.slice(first.unit.start, end),
  };
};
