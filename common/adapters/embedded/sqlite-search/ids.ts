/**
 * Row ids tell whose a row is: 21 bits of owner, 24 of document (one generation of it), 18 of chunk. What belongs
 * together so lies together on disk, and "the chunks of this user" or "of this document" is a range of ids.
 */
const CHUNK_BITS = 18n;
const DOCUMENT_BITS = 24n;
const MAX_OWNER = 2n ** 21n - 1n;

/** Both ends included. */
export interface IdRange {
  readonly first: bigint;
  readonly last: bigint;
}

const childrenOf = (id: bigint, bits: bigint): IdRange => ({
  first: id << bits,
  last: ((id + 1n) << bits) - 1n,
});

export const documentsOfOwner = (owner: bigint): IdRange => childrenOf(owner, DOCUMENT_BITS);
export const chunksOfDocument = (document: bigint): IdRange => childrenOf(document, CHUNK_BITS);
export const chunksOfOwner = (owner: bigint): IdRange => childrenOf(owner, DOCUMENT_BITS + CHUNK_BITS);

export const isOwnerId = (owner: bigint): boolean => owner > 0n && owner <= MAX_OWNER;

/** The document of a chunk's id, and the first and last chunk of a document's, in SQL. */
export const SQL_DOCUMENT_OF = (id: string): string => `(${id} >> ${CHUNK_BITS})`;
export const SQL_CHUNKS_OF = (document: string): string =>
  `(${document} << ${CHUNK_BITS}) AND (((${document} + 1) << ${CHUNK_BITS}) - 1)`;
