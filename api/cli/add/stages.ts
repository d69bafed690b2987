import type { ProcessingStatus } from '../../../common/domain/document.ts';

/** How far a document has come in each stage, from 0 to 1. */
export interface Stages {
  readonly extracted: number;
  readonly embedded: number;
  readonly indexed: number;
}

export const NOT_BEGUN: Stages = { extracted: 0, embedded: 0, indexed: 0 };

/** By the names that the server's events have for the stages. */
const FIELD_OF: Readonly<Record<string, keyof Stages>> = { extract: 'extracted', embed: 'embedded', index: 'indexed' };
const BEFORE: Readonly<Record<keyof Stages, readonly (keyof Stages)[]>> = {
  extracted: [],
  embedded: ['extracted'],
  indexed: ['extracted', 'embedded'],
};

/** What the record says; what events have said before stays where it says more. */
export const stagesOf = (status: ProcessingStatus, known: Stages): Stages => ({
  extracted: status.textExtracted ? 1 : known.extracted,
  embedded: status.vectorsGenerated ? 1 : known.embedded,
  indexed: status.indexed ? 1 : known.indexed,
});

/** What an event says: `done` of `total` chunks of a stage, of which there may be none. */
export const advanced = (known: Stages, event: { stage: string; done: number; total: number | null }): Stages => {
  const field = FIELD_OF[event.stage];
  if (field === undefined || !event.total) return known;
  const before = Object.fromEntries(BEFORE[field].map((earlier) => [earlier, 1]));
  return { ...known, ...before, [field]: Math.min(1, event.done / event.total) };
};

export const sumOf = (all: Iterable<Stages>): Stages => {
  const sum = { extracted: 0, embedded: 0, indexed: 0 };
  for (const { extracted, embedded, indexed } of all) {
    sum.extracted += extracted;
    sum.embedded += embedded;
    sum.indexed += indexed;
  }
  return sum;
};
