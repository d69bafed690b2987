import type { Segment } from './pdf-segments.ts';

type Stretch = readonly [number, number];

/** Segments that the file draws one after the other, downwards. */
interface Block {
  readonly segments: Segment[];
  readonly x: Stretch;
  /** Top, bottom. */
  readonly y: Stretch;
}

/** In font sizes: a step down that ends a block, and the least gap between columns. */
const BLOCK_GAP = 2.5;
const GUTTER = 1.2;
/** In characters, what a column's line has on average: less is a table. */
const COLUMN_LINE = 16;
const DEEPEST = 12;
/** A page in stripes from left to right: points each, and how many. */
const STRIPE = 8;
const STRIPES = 256;

const overlap = (a: Stretch, b: Stretch): boolean => a[0] < b[1] && b[0] < a[1];
const union = (a: Stretch, b: Stretch): Stretch => [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
const heightOf = ({ y, size }: Segment): Stretch => [y - size, y];

const stripeAt = (x: number): number => Math.max(0, Math.min(STRIPES - 1, Math.floor(x / STRIPE)));

/** True when text is drawn above what stands in the same column already: not the order in which people read. */
const jumpsBack = (segments: readonly Segment[]): boolean => {
  const lowest = new Array<number>(STRIPES).fill(Number.NEGATIVE_INFINITY);
  return segments.some(({ x, y, size }) => {
    if ((lowest[stripeAt((x[0] + x[1]) / 2)] as number) - y > size) return true;
    for (let at = stripeAt(x[0]); at <= stripeAt(x[1]); at += 1) lowest[at] = Math.max(lowest[at] as number, y);
    return false;
  });
};

/** A segment goes on with a block: in its last line, or right below and in its column. */
const goesOn = ({ segments, x }: Block, segment: Segment): boolean => {
  const last = segments.at(-1);
  const step = segment.y - (last?.y ?? 0);
  if (last?.row === segment.row) return true;
  return step > segment.size / 2 && step <= BLOCK_GAP * segment.size && overlap(x, segment.x);
};

const blocksOf = (segments: readonly Segment[]): Block[] => {
  const blocks: Block[] = [];
  for (const segment of segments) {
    const block = blocks.at(-1);
    if (block !== undefined && goesOn(block, segment)) {
      block.segments.push(segment);
      blocks[blocks.length - 1] = { ...block, x: union(block.x, segment.x), y: union(block.y, heightOf(segment)) };
    } else {
      blocks.push({ segments: [segment], x: segment.x, y: heightOf(segment) });
    }
  }
  return blocks;
};

/** The widest stretch that nothing covers. */
const widestGap = (stretches: readonly Stretch[]): { width: number; at: number } => {
  const sorted = stretches.toSorted((a, b) => a[0] - b[0]);
  let best = { width: 0, at: 0 };
  let reached = sorted[0]?.[1] ?? 0;
  for (const [start, end] of sorted) {
    if (start - reached > best.width) best = { width: start - reached, at: (start + reached) / 2 };
    reached = Math.max(reached, end);
  }
  return best;
};

const segmentsIn = (blocks: readonly Block[]): Segment[] => blocks.flatMap(({ segments }) => segments);

const isColumn = (blocks: readonly Block[]): boolean => {
  const segments = segmentsIn(blocks);
  return segments.reduce((sum, { text }) => sum + text.length, 0) >= COLUMN_LINE * segments.length;
};

const downwards = (blocks: readonly Block[]): Block[] => blocks.toSorted((a, b) => a.y[0] - b.y[0] || a.x[0] - b.x[0]);

/**
 * Reading order by position: columns are parted where a gutter runs through, else what is above from what is below.
 * Source: Nagy and Seth, the recursive X-Y cut (ICPR 1984).
 */
const byPosition = (blocks: readonly Block[], depth = 0): Block[] => {
  if (blocks.length < 2 || depth > DEEPEST) return downwards(blocks);
  const gutter = widestGap(blocks.map(({ x }) => x));
  const left = blocks.filter(({ x }) => x[1] < gutter.at);
  const right = blocks.filter(({ x }) => x[0] > gutter.at);
  if (gutter.width > GUTTER * (blocks[0]?.segments[0]?.size ?? 0) && isColumn(left) && isColumn(right)) {
    return [...byPosition(left, depth + 1), ...byPosition(right, depth + 1)];
  }
  const band = widestGap(blocks.map(({ y }) => y));
  if (band.width <= 0) return downwards(blocks);
  const above = blocks.filter(({ y }) => y[1] < band.at);
  const below = blocks.filter(({ y }) => y[1] >= band.at);
  return [...byPosition(above, depth + 1), ...byPosition(below, depth + 1)];
};

/** Numbers the rows anew: what stands on one baseline is a row. */
const inRows = (segments: readonly Segment[]): Segment[] => {
  let row = 0;
  return segments.map((segment, index) => {
    const before = segments[index - 1];
    if (before !== undefined && Math.abs(before.y - segment.y) > segment.size / 2) row += 1;
    return { ...segment, row };
  });
};

/** The segments of a page as people read them: as the file draws them, unless that jumps back up. */
export const inReadingOrder = (segments: readonly Segment[]): readonly Segment[] =>
  jumpsBack(segments) ? inRows(segmentsIn(byPosition(blocksOf(segments)))) : segments;
