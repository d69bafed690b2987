import type { FileOutcome, SentFile } from './outcome.ts';
import { NOT_BEGUN, type Stages, sumOf } from './stages.ts';

export type WaitingFile = SentFile & { stages: Stages };

/** The documents that are on their way through the pipeline. */
export interface WaitingList {
  readonly size: number;
  readonly files: ReadonlyMap<string, WaitingFile>;
  /** A document that comes twice, by two files of one name, waits once; the first is told as taken. */
  add(sent: SentFile): void;
  /** Takes a document off the list. */
  settle(documentId: string, outcome: FileOutcome): void;
  /** How far they are, all together. */
  stages(): Stages;
  /** Resolves at the next change; once `signal` has aborted, at once. */
  changed(): Promise<void>;
  wake(): void;
}

export const takenAs = ({ fileName, documentId, outcome }: SentFile, status: 'ready' | 'processing'): FileOutcome => {
  return { fileName, outcome, documentId, status };
};

export const waitingList = (onSettled: (outcome: FileOutcome) => void, signal: AbortSignal): WaitingList => {
  const files = new Map<string, WaitingFile>();
  let next = Promise.withResolvers<void>();
  const wake = (): void => {
    next.resolve();
    next = Promise.withResolvers();
  };
  signal.addEventListener('abort', wake, { once: true });
  return {
    files,
    get size() {
      return files.size;
    },
    add(sent) {
      const earlier = files.get(sent.documentId);
      if (earlier !== undefined) onSettled(takenAs(earlier, 'processing'));
      files.set(sent.documentId, { ...sent, stages: NOT_BEGUN });
      wake();
    },
    settle(documentId, outcome) {
      if (!files.delete(documentId)) return;
      onSettled(outcome);
      wake();
    },
    stages: () => sumOf([...files.values()].map(({ stages }) => stages)),
    changed: () => (signal.aborted ? Promise.resolve() : next.promise),
    wake,
  };
};
