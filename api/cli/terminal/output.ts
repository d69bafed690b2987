import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where text goes: data to stdout, for people or pipes; messages to stderr. */
export interface Output {
  /** For running text: the terminal's columns, 120 at most; 80 where there is none. */
  readonly columns: number;
  /** For tables: all columns of the terminal; where there is none no name is cut. */
  readonly tableColumns: number;
  readonly json: boolean;
  /** Lines of data for people; left out with --json. */
  line(text?: string): void;
  /** Data without a line's end: an answer as it comes. */
  piece(text: string): void;
  /** One value a line; left out without --json. */
  value(value: unknown): void;
  /** A message for people, on stderr. */
  note(text: string): void;
  /** As it is where there are no colours. */
  paint(style: Style, text: string): string;
}

/** A stream of this process, or what a test puts in its place. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const DEFAULT_COLUMNS = 80;
/** Longer lines are hard to read, however wide the terminal is. */
const MAX_COLUMNS = 120;
const MIN_COLUMNS = 40;

/** What JSON leaves as it is and terminals obey: DEL and the C1 controls. */
const escapedControls = (json: string): string =>
  json.replace(/[\u007f-\u009f]/g, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

export interface OutputOptions {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly json: boolean;
  readonly colour: boolean;
}

export const createOutput = ({ stdout, stderr, json, colour }: OutputOptions): Output => {
  const painted = colour && stdout.isTTY === true && !json;
  const columns = Math.max(MIN_COLUMNS, stdout.columns || stderr.columns || DEFAULT_COLUMNS);
  return {
    columns: Math.min(columns, MAX_COLUMNS),
    tableColumns: stdout.isTTY === true ? columns : Number.POSITIVE_INFINITY,
    json,
    line: (text = '') => void (json || stdout.write(`${text}\n`)),
    piece: (text) => void (json || stdout.write(text)),
    value: (value) => void (json && stdout.write(`${escapedControls(JSON.stringify(value))}\n`)),
    note: (text) => void stderr.write(`${text}\n`),
    paint: (style, text) => (painted ? styleText(style, text, { validateStream: false }) : text),
  };
};
