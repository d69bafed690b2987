import type { TextChunk } from '../domain/chunk.ts';

export interface ExtractionSource {
  /** Canonical extension of formats.json: it picks the reader. */
  readonly extension: string;
  readonly fileName: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a reader found out about a document. */
export interface Findings {
  readonly sha256: string;
  readonly md5: string;
  /** UTF-16 units. */
  readonly textLength: number;
  readonly chunkCount: number;
  readonly wordCount: number;
  readonly title?: string;
  /** ISO 639-1. */
  readonly language?: string;
  readonly pageCount?: number;
  readonly preview: string;
  readonly keywords: readonly string[];
}

/** Files aside, gone when disposed. */
export interface Extraction extends AsyncDisposable {
  readonly findings: Findings;
  /** UTF-8. */
  text(): AsyncIterable<Uint8Array>;
  /** In order, CHUNKS_PER_BATCH at a time. */
  batches(): AsyncIterable<TextChunk[]>;
}

/** Reads untrusted bytes, in a child process that may die. */
export interface Extractor {
  /**
   * Throws `unreadable` for a file that is at fault itself, `unsupported` for one that no reader takes, `too_large` past
   * MAX_CHUNKS; the message tells the owner what to do. Throws `storage_full`, and what `body` throws.
   */
  extract(source: ExtractionSource, signal: AbortSignal): Promise<Extraction>;
}
