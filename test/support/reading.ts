import type { Mark, Reader, Reading } from '../../workers/extract/reading.ts';

/** A reading whose marks may be looked at more than once. */
export type WholeReading = Omit<Reading, 'marks'> & { readonly marks: readonly Mark[] };

export const readingOf = async (read: Reader, file: string | Uint8Array, name = 'file'): Promise<WholeReading> => {
  const reading = await read(new Uint8Array(Buffer.from(file)), name);
  return { ...reading, marks: [...reading.marks] };
};

/** Titles by level, each with how its part of the text begins. */
export const outlineOf = ({ text, marks }: WholeReading): string[] =>
  marks
    .filter(({ title }) => title !== undefined)
    .map(({ start, level, title }) => `${level} ${title}: ${text.slice(start).trimStart().split('\n', 1)[0]}`);
