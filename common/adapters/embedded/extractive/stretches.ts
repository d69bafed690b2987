import type { Passage } from '../../../domain/search.ts';

/** Text of one document without a gap: a passage, or passages that touch or overlap. */
export interface Stretch {
  readonly documentId: string;
  readonly text: string;
  /** Of the text's first unit in the document. */
  readonly startPosition: number;
  /** The best passage that holds a place of the text. */
  passageAt(offset: number): Passage;
}

/** Each place of a document at most once; in the order of their best passages. */
export const stretchesOf = (passages: readonly Passage[]): Stretch[] => {
  const runs: Passage[][] = [];
  for (const passage of passages.toSorted((a, b) => a.startPosition - b.startPosition)) {
    const run = runs.find(
      (known) => known[0]?.documentId === passage.documentId && endOf(known) >= passage.startPosition,
    );
    if (run === undefined) runs.push([passage]);
    else run.push(passage);
  }
  const rank = (run: readonly Passage[]) => Math.min(...run.map((passage) => passages.indexOf(passage)));
  return runs.toSorted((a, b) => rank(a) - rank(b)).map((run) => stretchOf(run, passages));
};

const endOf = (run: readonly Passage[]): number => Math.max(...run.map(({ endPosition }) => endPosition));

const stretchOf = (run: readonly Passage[], ranking: readonly Passage[]): Stretch => {
  const startPosition = run[0]?.startPosition ?? 0;
  let text = '';
  for (const { startPosition: start, content } of run) {
    text += content.slice(Math.max(0, startPosition + text.length - start));
  }
  const best = run.toSorted((a, b) => ranking.indexOf(a) - ranking.indexOf(b));
  return {
    documentId: run[0]?.documentId ?? '',
    text,
    startPosition,
    passageAt: (offset) => {
      const at = startPosition + offset;
      return (best.find((passage) => passage.startPosition <= at && at < passage.endPosition) ?? best[0]) as Passage;
    },
  };
};
