import { formatOf, isSource } from '../../../domain/format.ts';
import { type TextKind, type Unit, unitsOf } from '../../../domain/passage-units.ts';
import type { Passage } from '../../../domain/search.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import type { Words } from './words.ts';

/** A unit that an answer may quote, with what its scores are made of. */
export interface Candidate {
  readonly stretch: Stretch;
  /** Its place among the stretch's units; neighbours differ by one. */
  readonly index: number;
  readonly unit: Unit;
  readonly text: string;
  readonly passage: Passage;
  readonly terms: ReadonlySet<string>;
  /** Terms of what stands above it: file name, section, heading. */
  readonly context: ReadonlySet<string>;
}

/** All units of the passages, best passage first. */
export const candidatesOf = (passages: readonly Passage[], words: Words): Candidate[] =>
  stretchesOf(passages).flatMap((stretch) =>
    unitsOf(stretch.text, kindOf(stretch.passageAt(0).fileName)).map((unit, index) => {
      const text = stretch.text.slice(unit.start, unit.end);
      const passage = stretch.passageAt(unit.start);
      const above = [passage.fileName, passage.section ?? '', unit.heading ?? ''].join(' ');
      return {
        stretch,
        index,
        unit,
        text,
        passage,
        terms: new Set(words.stemsOf(text)),
        context: new Set(words.stemsOf(above)),
      };
    }),
  );

const DATA: ReadonlySet<string> = new Set(['json', 'yaml']);

const kindOf = (fileName: string): TextKind => {
  const { extension } = formatOf(fileName);
  if (isSource(fileName) || DATA.has(extension)) return 'code';
  return extension === 'txt' ? 'unknown' : 'prose';
};
