import { clipStart, padEnd, padStart, widthOf } from './text.ts';

export interface Column<Row> {
  readonly title: string;
  /** Harmless already. */
  readonly cell: (row: Row) => string;
  readonly align?: 'right';
  /** Gives way when the table is wider than the terminal, down to this width; cut at the start. */
  readonly shrinksTo?: number;
}

const GAP = '  ';

const widthsOf = <Row>(columns: readonly Column<Row>[], cells: readonly string[][], total: number): number[] => {
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[index] ?? ''))),
  );
  let over = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - total;
  for (const [index, { shrinksTo }] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (shrinksTo === undefined || over <= 0 || width <= shrinksTo) continue;
    widths[index] = Math.max(shrinksTo, width - over);
    over -= width - (widths[index] ?? 0);
  }
  return widths;
};

const fitted = <Row>(text: string, width: number, { align, shrinksTo }: Column<Row>): string => {
  const cut = shrinksTo === undefined ? text : clipStart(text, width);
  return align === 'right' ? padStart(cut, width) : padEnd(cut, width);
};

/**
 * Aligned columns under their titles.
 * @param rows a page of them: all are measured
 * @param total columns of the terminal
 */
export const table = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], total: number): string[] => {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const widths = widthsOf(columns, cells, total);
  return [columns.map(({ title }) => title), ...cells].map((row) =>
    columns
      .map((column, index) => fitted(row[index] ?? '', widths[index] ?? 0, column))
      .join(GAP)
      .trimEnd(),
  );
};
