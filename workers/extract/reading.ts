/** How a text breaks: at sentences, at its lines, or at its declarations. */
export type TextKind = 'prose' | 'rows' | 'code';

/** Levels of marks that are no heading; headings and declarations take 1 (outermost) to 6. */
export const PAGE_LEVEL = 7;
export const ROW_LEVEL = 8;

/** Where something begins that should not be cut apart from what follows it. */
export interface Mark {
  /** UTF-16 units. */
  readonly start: number;
  readonly level: number;
  /** What the text is called until the next mark of this level or above; '' ends that; absent changes nothing. */
  readonly title?: string;
}

/** What a reader makes of a file. */
export interface Reading {
  /** Well-formed, without NUL. */
  readonly text: string;
  readonly kind: TextKind;
  /** By start; may be read once only. */
  readonly marks: Iterable<Mark>;
  /** The file is this text in UTF-8, byte for byte. */
  readonly verbatim?: boolean;
  readonly title?: string | undefined;
  /** Where each page starts; page 1 first. */
  readonly pageStarts?: readonly number[];
}

/** Reads one format. Throws `unreadable` or `unsupported`; any other error means a damaged file. */
export type Reader = (bytes: Uint8Array, fileName: string) => Promise<Reading>;
