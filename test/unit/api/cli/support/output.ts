import { createOutput, type Output } from '../../../../../api/cli/terminal/output.ts';

interface Kept {
  readonly out: Output;
  /** What went to standard output. */
  text(): string;
  /** What went to standard error. */
  notes(): string;
}

/** An output that keeps what is written. */
export const keptOutput = ({ json = false, columns = 80, isTTY = true } = {}): Kept => {
  const text: string[] = [];
  const notes: string[] = [];
  const stdout = { columns, isTTY, write: (piece: string) => void text.push(piece) };
  const stderr = { write: (piece: string) => void notes.push(piece) };
  return {
    out: createOutput({ stdout, stderr, json, colour: false }),
    text: () => text.join(''),
    notes: () => notes.join(''),
  };
};
