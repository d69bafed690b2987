/** What a table keeps, as plain values. */
export type Item = Readonly<Record<string, unknown>>;

/** The primary key of an item, or its key in an index. */
export type Key = Readonly<Record<string, string>>;

/** Says which write made an item what it is. */
export const WRITE_ID = 'writeId';
