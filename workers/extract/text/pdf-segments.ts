/** Text as it stands on a page; in points, y grows downwards. */
export interface Segment {
  readonly text: string;
  /** From, to. */
  readonly x: readonly [number, number];
  /** Of the baseline. */
  readonly y: number;
  /** Of the font. */
  readonly size: number;
  /** Segments of one line share it. */
  readonly row: number;
}

/** As pdf.js gives it. */
export interface PdfItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

type Matrix = readonly number[];

/** In font sizes: a wider gap parts words, and what stands in columns. */
const WORD_GAP = 0.15;
const COLUMN_GAP = 1.5;
/** A baseline further off is another line: sub- and superscripts stay. */
const SAME_LINE = 0.5;

interface Placed {
  readonly text: string;
  readonly x: readonly [number, number];
  readonly y: number;
  readonly size: number;
}

const at = (matrix: Matrix, index: number): number => matrix[index] ?? 0;

/** Where an item lands on the page as people see it, rotation included. */
const placed = ({ str, transform, width }: PdfItem, view: Matrix): Placed => {
  const [e, f] = [at(transform, 4), at(transform, 5)];
  const x = at(view, 0) * e + at(view, 2) * f + at(view, 4);
  const y = at(view, 1) * e + at(view, 3) * f + at(view, 5);
  const size = Math.hypot(at(transform, 2), at(transform, 3)) || 1;
  return { text: str, x: [x, x + width], y, size };
};

/** Between two stretches, whichever comes first; 0 where they touch. */
const distance = (a: readonly [number, number], b: readonly [number, number]): number =>
  Math.max(0, b[0] - a[1], a[0] - b[1]);

const joined = (before: Segment, next: Placed, spaced: boolean): Segment => {
  const space = spaced || distance(before.x, next.x) > WORD_GAP * next.size ? ' ' : '';
  return {
    ...before,
    text: `${before.text}${space}${next.text}`,
    x: [Math.min(before.x[0], next.x[0]), Math.max(before.x[1], next.x[1])],
    size: Math.max(before.size, next.size),
  };
};

/** Joins the items of a page, in the order in which the file draws them, to words and cells. */
export const segmentsOf = (items: readonly PdfItem[], view: Matrix): Segment[] => {
  const segments: Segment[] = [];
  let [row, spaced] = [0, false];
  for (const item of items) {
    const next = placed(item, view);
    const before = segments.at(-1);
    if (
      before !== undefined &&
      before.row === row &&
      Math.abs(before.y - next.y) > SAME_LINE * Math.max(before.size, next.size)
    )
      row += 1;
    if (next.text.trim() === '') {
      spaced ||= next.text !== '';
    } else {
      const near = before?.row === row && distance(before.x, next.x) <= COLUMN_GAP * next.size;
      if (near) segments[segments.length - 1] = joined(before, next, spaced);
      else segments.push({ ...next, row });
      spaced = false;
    }
    if (item.hasEOL) row += 1;
  }
  return segments;
};
