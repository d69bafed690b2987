import { formatOf, isSource } from '../../../domain/format.ts';
import { type TextKind, type Unit, unitsOf } from '../../../domain/passage-units.ts';
import type { Passage } from '../../../domain/search.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import type { Words } from './words.ts';

/** A unit that an answer may quote. */
export interface Candidate {
  readonly stretch: Stretch;
  /** Its place among the stretch's candidates: neighbours differ by one. */
  readonly index: number;
  readonly unit: Unit;
  readonly text: string;
  /** Where it stands. */
  readonly passage: Passage;
  /** The heading next above it, '' where there is none. */
  readonly title: string;
  readonly terms: ReadonlySet<string>;
  /** Terms of all that stands above it: file name, section, heading. */
  readonly context: ReadonlySet<string>;
}

/** All that the passages hold, best passage first; without what has no words. */
export const candidatesOf = (passages: readonly Passage[], words: Words): Candidate[] =>
  stretchesOf(passages).flatMap((stretch) =>
    unitsOf(stretch.text, kindOf(stretch.passageAt(0).fileName))
      .map((unit) => ({ unit, text: stretch.text.slice(unit.start, unit.end) }))
      .map(({ unit, text }) => ({ unit, text, terms: new Set(words.stemsOf(text)) }))
      .filter(({ terms }) => terms.size > 0)
      .map((part, index) => ({ ...part, ...placeOf(part.unit, stretch, words), stretch, index })),
  );

const placeOf = ({ start, heading }: Unit, stretch: Stretch, words: Words) => {
  const passage = stretch.passageAt(start);
  const { fileName, section = '' } = passage;
  const context = new Set(words.stemsOf(`${fileName} ${section} ${heading ?? ''}`));
  return { passage, context, title: heading ?? section };
};

const DATA: ReadonlySet<string> = new Set(['json', 'yaml']);

const kindOf = (fileName: string): TextKind => {
  const { extension } = formatOf(fileName);
  if (isSource(fileName) || DATA.has(extension)) return 'code';
  return extension === 'txt' ? 'unknown' : 'prose';
};
