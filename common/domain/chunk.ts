import type { DocumentRef } from './document.ts';
import type { Vector } from './vector.ts';

/** Chunks that one embed job, and one index job, carry; also what one Cohere call takes. */
export const CHUNKS_PER_BATCH = 96;

/** A document with more is refused: `too_large`. */
export const MAX_CHUNKS = 200_000;

/** A piece of a text, as the chunker cuts it. `content` is exactly text.slice(startPosition, endPosition). */
export interface TextChunk {
  /** From 0, in reading order. */
  readonly chunkIndex: number;
  readonly content: string;
  /** Offsets in extracted-text.txt: UTF-16 units, end excluded. */
  readonly startPosition: number;
  readonly endPosition: number;
  readonly metadata: {
    /** From 1; only where the format has pages. */
    readonly pageNumber?: number;
    /** The headings above, outermost first, joined with ' > '; for source code, the enclosing names. */
    readonly section?: string;
    readonly wordCount: number;
    readonly charCount: number;
  };
}

/** The specification's chunk, as it is stored beside its document. */
export interface DocumentChunk extends TextChunk {
  readonly chunkId: string;
  readonly documentId: string;
  readonly userId: string;
  readonly createdAt: string;
}

/** A chunk as the search index takes it. */
export interface IndexedChunk extends DocumentChunk, DocumentRef {
  readonly fileName: string;
  readonly fileType: string;
  /** ISO 8601. */
  readonly uploadDate: string;
  readonly tags: readonly string[];
  readonly isPublic: boolean;
  /** Of length 1. */
  readonly vector: Vector;
}

/** What is embedded for a chunk: where it stands, then what it says. */
export const embeddedText = (fileName: string, { content, metadata: { section } }: TextChunk): string =>
  `${section === undefined ? fileName : `${fileName} > ${section}`}\n${content}`;
