/** What jobs carry: keys, never content. */
export interface ExtractJob {
  readonly userId: string;
  readonly documentId: string;
  readonly generation: number;
}

export interface BatchJob extends ExtractJob {
  /** From 0. */
  readonly batch: number;
}

/** What the index queue carries; `kind` tells which. */
export type IndexJob =
  | ({ readonly kind: 'batch' } & BatchJob)
  | ({ readonly kind: 'complete' } & ExtractJob & { readonly attempt?: number })
  | ({ readonly kind: 'discard' } & ExtractJob)
  | {
      readonly kind: 'delete';
      readonly userId: string;
      readonly documentId: string;
      readonly receiptId: string;
      readonly again?: boolean | undefined;
    }
  | { readonly kind: 'describe'; readonly userId: string; readonly documentId: string }
  | { readonly kind: 'account'; readonly userId: string; readonly again?: boolean | undefined };
