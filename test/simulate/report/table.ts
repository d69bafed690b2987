export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Words stand left, numbers right. */
  readonly isText?: boolean;
}

/** A table in Markdown, whose columns also stand below each other as they are. */
export const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string => {
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)));
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, at) => (columns[at]?.isText ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = columns.map(({ isText }, at) => {
    const dashes = '-'.repeat(widths[at] ?? 0);
    return isText ? dashes : `${dashes.slice(1)}:`;
  });
  return [line(columns.map(({ title }) => title)), line(rule), ...cells.map(line)].join('\n');
};
