/** What became of a file. `retried`: it was there unchanged, but its processing had failed, and was begun again. */
export const OUTCOMES = ['added', 'replaced', 'retried', 'unchanged', 'skipped', 'failed'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

export interface FileOutcome {
  readonly fileName: string;
  readonly outcome: OutcomeKind;
  readonly documentId?: string;
  /** Of what the server has: `processing` where nobody waited for its end. */
  readonly status?: 'ready' | 'processing';
  /** Of `skipped` and `failed`: a sentence, or part of one. */
  readonly reason?: string;
}

/** A document that the server has taken, on its way to be searchable. */
export interface SentFile {
  readonly fileName: string;
  readonly outcome: Exclude<OutcomeKind, 'skipped' | 'failed'>;
  readonly documentId: string;
}

export interface AddSummary {
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  /** Of those taken, the ones that nobody waited for. */
  readonly processing: number;
  /** Left out by .gitignore files, or as folders of packages and caches; a folder counts once. */
  readonly ignored: number;
  /** The first skipped and failed ones; `counts` has them all. */
  readonly notable: readonly FileOutcome[];
}

const MAX_NOTABLE = 1_000;

/** Adds outcomes up, in bounded memory. */
export const summing = () => {
  const counts = Object.fromEntries(OUTCOMES.map((kind) => [kind, 0])) as Record<OutcomeKind, number>;
  const notable: FileOutcome[] = [];
  let processing = 0;
  let ignored = 0;
  return {
    take(outcome: FileOutcome): void {
      counts[outcome.outcome] += 1;
      if (outcome.status === 'processing') processing += 1;
      if (outcome.reason !== undefined && notable.length < MAX_NOTABLE) notable.push(outcome);
    },
    ignore(): void {
      ignored += 1;
    },
    summary: (): AddSummary => ({ counts: { ...counts }, processing, ignored, notable: [...notable] }),
  };
};
