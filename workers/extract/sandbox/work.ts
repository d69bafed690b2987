import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { CHUNKS_PER_BATCH, MAX_CHUNKS, type TextChunk } from '../../../common/domain/chunk.ts';
import { AppError } from '../../../common/domain/errors.ts';
import { budgetFor } from '../chunking/budget.ts';
import { chunksOf } from '../chunking/chunks.ts';
import { describe } from '../describing/describe.ts';
import { readerFor } from '../readers/readers.ts';
import type { Reading } from '../reading.ts';
import type { JobFiles, Read, Request } from './protocol.ts';

/** Larger files are not even loaded. */
const MOST_BYTES = 512 * 1024 * 1024;
const TOO_LARGE = 'The file is too large to be read as one document; split it and upload the parts.';
const TOO_MANY = `The text falls into more than ${MAX_CHUNKS.toLocaleString('en')} passages; split the file and upload the parts.`;

/** UTF-16 units that are encoded at a time. */
const SLICE = 1024 * 1024;

const loaded = async (file: string): Promise<Uint8Array> => {
  if ((await stat(file)).size > MOST_BYTES) throw new AppError('too_large', TOO_LARGE);
  const { buffer, byteOffset, byteLength } = await readFile(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
};

/** In slices that end between two characters. */
function* slicesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const split = (text.charCodeAt(start + SLICE - 1) & 0xfc00) === 0xd800;
    const end = Math.min(text.length, start + SLICE - (split ? 1 : 0));
    yield text.slice(start, end);
    start = end;
  }
}

/** Line ends that JSON lets pass and a reader of lines does not. */
const jsonLine = (batch: readonly TextChunk[]): string =>
  `${JSON.stringify(batch).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;

const counted = (reading: Reading, budget: number) => {
  const counts = { chunkCount: 0, wordCount: 0 };
  function* lines(): Generator<string> {
    let batch: TextChunk[] = [];
    for (const chunk of chunksOf(reading, budget)) {
      counts.chunkCount += 1;
      counts.wordCount += chunk.metadata.wordCount;
      if (counts.chunkCount > MAX_CHUNKS) throw new AppError('too_large', TOO_MANY);
      batch.push(chunk);
      if (batch.length === CHUNKS_PER_BATCH) {
        yield jsonLine(batch);
        batch = [];
      }
    }
    if (batch.length > 0) yield jsonLine(batch);
  }
  return { lines, counts };
};

const writeText = async ({ text, verbatim }: Reading, files: JobFiles): Promise<void> => {
  if (verbatim === true) await rename(files.original, files.text);
  else await writeFile(files.text, slicesOf(text));
};

/** Reads a file, describes it and cuts it into chunks, one after the other as they are written. */
export const extractInto = async ({ files, extension, fileName }: Request): Promise<Read> => {
  const bytes = await loaded(files.original);
  const read = await readerFor(bytes.length === 0 ? 'txt' : extension, fileName); // an empty file is an empty text
  const reading = await read(bytes, fileName);
  const description = await describe(reading);
  const { lines, counts } = counted(reading, budgetFor(description.language));
  await writeFile(files.batches, lines());
  await writeText(reading, files);
  return { ...description, ...counts };
};
