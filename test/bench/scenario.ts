/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  /** Absent where a figure is told for its own sake. */
  readonly target?: string;
  readonly isKept?: boolean;
}

export interface Options {
  /** Smaller sizes: for trying a change, and no proof of a target. */
  readonly quick: boolean;
  /** Tells the person who waits how far it is. */
  readonly say: (message: string) => void;
}

export interface Scenario {
  readonly summary: string;
  readonly run: (options: Options) => Promise<Row[]>;
}

interface Judged {
  readonly what: string;
  readonly value: number;
  /** Included. */
  readonly target: number;
  readonly unit?: string;
  /** Of the decimal fraction. */
  readonly digits?: number;
}

const shown = (value: number, { unit = '', digits = 0 }: Pick<Judged, 'unit' | 'digits'>): string =>
  `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;

export const atMost = ({ what, value, target, ...form }: Judged): Row => ({
  what,
  measured: shown(value, form),
  target: `<= ${shown(target, form)}`,
  isKept: value <= target,
});

export const atLeast = ({ what, value, target, ...form }: Judged): Row => ({
  what,
  measured: shown(value, form),
  target: `>= ${shown(target, form)}`,
  isKept: value >= target,
});

export const told = (what: string, measured: string): Row => ({ what, measured });

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
