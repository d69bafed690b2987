/** Names one document: the owner's id is part of the key. */
export interface DocumentKey {
  readonly userId: string;
  readonly documentId: string;
}

/** Names one generation of one document: what a job carries. */
export interface DocumentRef extends DocumentKey {
  /** From 1; +1 for each new content and each reprocess. */
  readonly generation: number;
}

export const DOCUMENT_STATUSES = ['uploading', 'processing', 'ready', 'error'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

export interface ProcessingStatus {
  readonly textExtracted: boolean;
  readonly chunksCreated: boolean;
  readonly vectorsGenerated: boolean;
  readonly indexed: boolean;
  /** A sentence that a person can act on; there only with status `error`. */
  readonly errorMessage?: string;
}

export interface DocumentMetadata {
  readonly title?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** ISO 639-1, as detected. */
  readonly language?: string;
  readonly pageCount?: number;
  readonly wordCount?: number;
}

/** The specification's record. Times are ISO 8601 in UTC with milliseconds; sizes are bytes. */
export interface PublicDocument extends DocumentKey {
  readonly fileName: string;
  /** Media type. */
  readonly fileType: string;
  readonly fileSize: number;
  readonly s3Key: string;
  readonly s3Bucket: string;
  readonly uploadDate: string;
  readonly updatedAt: string;
  readonly status: DocumentStatus;
  readonly processingStatus: ProcessingStatus;
  readonly metadata: DocumentMetadata;
  readonly searchableContent: {
    /** The first 500 characters of the text. */
    readonly preview: string;
    readonly keywords: readonly string[];
  };
  readonly access: { readonly isPublic: boolean; readonly sharedWith: readonly string[] };
}

/** What we keep beside the specification's fields; it never leaves the API. */
export interface Document extends PublicDocument, DocumentRef {
  /** The newest generation that was given out; above `generation` while a newer content is still arriving. */
  readonly latestGeneration: number;
  /** The generation that search shows; absent until the first one is ready. */
  readonly servedGeneration?: number;
  /** Lower-case hex, of the original. */
  readonly contentSha256?: string;
  readonly contentMd5?: string;
  readonly chunkCount?: number;
  readonly embeddingModel?: string;
  /** Of the S3 event that brought an original to the bare path; hex. */
  readonly s3Sequencer?: string;
  /** All generations before this one have been erased; absent: 1. */
  readonly cleanedGeneration?: number;
  /** Counts changes of tags and access, so that a completion can see one that came between. */
  readonly accessVersion: number;
  /** When the processing of this generation was asked for; absent: uploadDate. */
  readonly begunAt?: string;
  /** When the generation that is served became ready. */
  readonly readyAt?: string;
  /** Tombstone: hidden from this moment on, not yet erased. */
  readonly deletedAt?: string;
}

/** Fields to set; objects (`metadata`, ...) are merged one level deep, `undefined` removes. */
export type DocumentChange = {
  readonly [Field in Exclude<keyof Document, 'userId' | 'documentId' | 'latestGeneration'>]?: Document[Field] extends
    | readonly unknown[]
    | string
    | number
    | undefined
    ? Document[Field] | undefined
    : { readonly [Inner in keyof Document[Field]]?: Document[Field][Inner] | undefined };
};

/** What search needs to know of a document to show a hit of it. */
export interface DocumentState extends DocumentKey {
  readonly fileName: string;
  readonly fileType: string;
  readonly uploadDate: string;
  readonly tags: readonly string[];
  readonly servedGeneration?: number;
  readonly isPublic: boolean;
  readonly sharedWith: readonly string[];
  readonly deletedAt?: string;
}

/** From its arrival until search shows it, in ms; undefined for one that is not ready. */
export const processingMs = ({ status, uploadDate, begunAt = uploadDate, readyAt }: Document): number | undefined =>
  status === 'ready' && readyAt !== undefined ? Math.max(0, Date.parse(readyAt) - Date.parse(begunAt)) : undefined;

export const NOT_PROCESSED: ProcessingStatus = {
  textExtracted: false,
  chunksCreated: false,
  vectorsGenerated: false,
  indexed: false,
};
