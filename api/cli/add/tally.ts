import type { FileOutcome } from './outcome.ts';
import { NOT_BEGUN, type Stages } from './stages.ts';

/** How far an `add` is. Numbers of files and documents; one that is half done counts a half. */
export interface AddProgress {
  /** Files to bring, as far as they are counted. */
  readonly files: number;
  /** Whether more may be found. */
  readonly counting: boolean;
  /** Of the files: sent, or found to be there. */
  readonly uploaded: number;
  /** Of the files: to be processed, or processed already. */
  readonly documents: number;
  /** Of the documents. */
  readonly extracted: number;
  readonly embedded: number;
  readonly indexed: number;
}

/** Adds up what happens to the files of one `add`. */
export const tallying = (onProgress: (progress: AddProgress) => void) => {
  const sending = new Map<string, number>();
  let found = 0;
  let counting = true;
  let skipped = 0;
  let brought = 0;
  let unprocessed = 0;
  let finished = 0;
  let stages = NOT_BEGUN;

  const tell = (): void => {
    const files = found - skipped;
    const documents = files - unprocessed;
    const parts = [...sending.values()].reduce((sum, part) => sum + part, 0);
    onProgress({
      files,
      counting,
      uploaded: Math.min(files, brought + parts),
      documents,
      // One that has just ended may still be in the sums, too.
      extracted: Math.min(documents, finished + stages.extracted),
      embedded: Math.min(documents, finished + stages.embedded),
      indexed: Math.min(documents, finished + stages.indexed),
    });
  };

  return {
    found(): void {
      found += 1;
      tell();
    },
    counted(): void {
      counting = false;
      tell();
    },
    /** @param part of the file that has gone, from 0 to 1 */
    sending(path: string, part: number): void {
      sending.set(path, part);
      tell();
    },
    /** The file is with the server, or never will be. */
    brought(path: string, outcome: FileOutcome['outcome'], isProcessed: boolean): void {
      sending.delete(path);
      if (outcome === 'skipped') skipped += 1;
      else brought += 1;
      if (outcome !== 'skipped' && !isProcessed) unprocessed += 1;
      tell();
    },
    /** How far those are that are under way, all together. */
    stages(sum: Stages): void {
      stages = sum;
      tell();
    },
    finished(): void {
      finished += 1;
      tell();
    },
  };
};

export type Tally = ReturnType<typeof tallying>;
