import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CHUNKS_PER_BATCH, embeddedText } from '../../../common/domain/chunk.ts';
import { budgetFor } from '../../../workers/extract/chunking/budget.ts';
import { chunksOf } from '../../../workers/extract/chunking/chunks.ts';
import { readerFor } from '../../../workers/extract/readers/readers.ts';

/** What one embed job holds: the chunk texts of a document, or of a part of one. */
export interface Job {
  /** Of the user. */
  readonly group: string;
  readonly texts: readonly string[];
}

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SOURCES = ['*.md', 'api/**/*.ts', 'workers/**/*.ts', 'common/**/*.ts'];
const USERS = 7;
/** Files that are put together into one document: from a note to a manual. */
const FILES_A_DOCUMENT = [1, 1, 1, 2, 1, 5, 1, 2, 1, 20];

interface File {
  readonly name: string;
  readonly texts: readonly string[];
}

const readFiles = async (): Promise<File[]> => {
  const names = globSync(SOURCES, { cwd: ROOT }).toSorted();
  const files: File[] = [];
  for (const name of names) {
    const read = await readerFor(name.endsWith('.md') ? 'md' : 'txt', name);
    const reading = await read(await readFile(join(ROOT, name)), name);
    files.push({
      name,
      texts: [...chunksOf(reading, budgetFor('en'))].map((chunk) => embeddedText(basename(name), chunk)),
    });
  }
  return files;
};

const documentsOf = (files: readonly File[]): string[][] => {
  const documents: string[][] = [];
  for (let next = 0; next < files.length; ) {
    const count = FILES_A_DOCUMENT[documents.length % FILES_A_DOCUMENT.length] ?? 1;
    documents.push(files.slice(next, next + count).flatMap(({ texts }) => texts));
    next += count;
  }
  return documents;
};

const inBatches = (texts: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(texts.length / CHUNKS_PER_BATCH) }, (_, n) =>
    texts.slice(n * CHUNKS_PER_BATCH, (n + 1) * CHUNKS_PER_BATCH),
  );

/** This repository's own pages and sources, chunked as the program does it: documents of mixed sizes of a few users. */
export const corpusJobs = async (): Promise<Job[]> =>
  documentsOf(await readFiles()).flatMap((document, n) =>
    inBatches(document).map((texts) => ({ group: `user-${n % USERS}`, texts })),
  );

/** Puts the corpus where processes find it; returns the file. */
export const writeCorpus = async (folder: string): Promise<string> => {
  const file = join(folder, 'corpus.json');
  await writeFile(file, JSON.stringify(await corpusJobs()));
  return file;
};
