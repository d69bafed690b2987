export interface Batching<Entry> {
  /** Handles up to ten entries at once; answers in their order, with an error where one failed. */
  readonly run: (entries: readonly Entry[]) => Promise<readonly (Error | undefined)[]>;
  /** Absent: entries weigh nothing. */
  readonly bytesOf?: (entry: Entry) => number;
  /** How long the first entry waits for others. */
  readonly lingerMs?: number;
}

interface Waiting<Entry> {
  readonly entry: Entry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const ENTRIES_MOST = 10;
/** What SQS takes in one call, and what it took before August 2025: a queue may still be set to it. */
const BYTES_MOST = 262_144;
const LINGER_MS = 5;

/**
 * Puts what callers bring one by one into batches of ten: a call costs the same for one as for ten. A batch goes when it
 * is full by number or size, or a few milliseconds after its first entry. What waits is what callers wait for.
 */
export const batcher = <Entry>({ run, bytesOf = () => 0, lingerMs = LINGER_MS }: Batching<Entry>) => {
  let open: Waiting<Entry>[] = [];
  let bytes = 0;
  let linger: NodeJS.Timeout | undefined;
  const close = () => {
    clearTimeout(linger);
    linger = undefined;
    const batch = open;
    open = [];
    bytes = 0;
    void answer(batch, run);
  };
  /** Resolves when the entry is through; rejects with its own error. */
  return (entry: Entry): Promise<void> =>
    new Promise((resolve, reject) => {
      const size = bytesOf(entry);
      if (open.length > 0 && bytes + size > BYTES_MOST) close();
      open.push({ entry, resolve, reject });
      bytes += size;
      if (open.length === ENTRIES_MOST || bytes >= BYTES_MOST) close();
      else linger ??= setTimeout(close, lingerMs);
    });
};

const answer = async <Entry>(batch: readonly Waiting<Entry>[], run: Batching<Entry>['run']): Promise<void> => {
  try {
    const errors = await run(batch.map(({ entry }) => entry));
    for (const [index, { resolve, reject }] of batch.entries()) {
      const error = errors[index];
      if (error === undefined) resolve();
      else reject(error);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
};
