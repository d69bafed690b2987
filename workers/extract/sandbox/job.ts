import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextChunk } from '../../../common/domain/chunk.ts';
import type { Findings } from '../../../common/ports/extractor.ts';
import { diskFull } from './failures.ts';
import type { JobFiles } from './protocol.ts';

/** Of the original: what only its bytes tell. */
export type Digests = Pick<Findings, 'sha256' | 'md5'>;

/** The folder of one extraction; disposing removes it. */
export interface Job extends AsyncDisposable {
  readonly files: JobFiles;
  /** Throws `storage_full`, and what `body` throws. Returns the number of bytes, too. */
  save(body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Digests & { readonly size: number }>;
  text(): AsyncIterable<Uint8Array>;
  batches(): AsyncIterable<TextChunk[]>;
}

/** Makes the folder for jobs; its real path, without links. Throws `storage_full`. */
export const openWorkFolder = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true }).catch(diskFull);
  return realpath(folder);
};

const save = async (file: string, body: AsyncIterable<Uint8Array>, signal: AbortSignal) => {
  const [sha256, md5] = [createHash('sha256'), createHash('md5')];
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const part of body) {
      sha256.update(part);
      md5.update(part);
      yield part;
    }
  }
  try {
    await writeFile(file, hashed(), { signal, flag: 'wx' });
  } catch (error) {
    signal.throwIfAborted();
    return diskFull(error);
  }
  return { sha256: sha256.digest('hex'), md5: md5.digest('hex'), size: (await stat(file)).size };
};

async function* partsOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

async function* batchesIn(file: string): AsyncGenerator<TextChunk[]> {
  await using handle = await open(file);
  for await (const line of handle.readLines({ autoClose: false })) yield JSON.parse(line);
}

/** Throws `storage_full`. @param folder as openWorkFolder gives it */
export const openJob = async (folder: string): Promise<Job> => {
  const path = await mkdtemp(join(folder, 'job-')).catch(diskFull);
  const files = { original: join(path, 'original'), text: join(path, 'text'), batches: join(path, 'batches') };
  return {
    files,
    save: (body, signal) => save(files.original, body, signal),
    text: () => partsOf(files.text),
    batches: () => batchesIn(files.batches),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
};
