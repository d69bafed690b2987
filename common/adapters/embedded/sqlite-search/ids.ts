/**
 * An id says whose it is: 21 bits of owner, 24 of document (one generation of it), 18 of chunk. So what belongs
 * together lies together on disk, and "the chunks of this user" is a range of ids, as is "of this document".
 */
const CHUNK_BITS = 18n;
const DOCUMENT_BITS = 24n;

export const MAX_OWNER = 2n ** 21n - 1n;

/** Both ends included. */
export type IdRange = readonly [first: bigint, last: bigint];

const childrenOf = (id: bigint, bits: bigint): IdRange => [id << bits, ((id + 1n) << bits) - 1n];

export const documentsOfOwner = (owner: bigint): IdRange => childrenOf(owner, DOCUMENT_BITS);
export const chunksOfOwner = (owner: bigint): IdRange => childrenOf(owner, DOCUMENT_BITS + CHUNK_BITS);
export const chunksOfDocument = (document: bigint): IdRange => childrenOf(document, CHUNK_BITS);

/** In SQL: the document of a chunk, and the range of a document's chunks. */
export const SQL_DOCUMENT_OF = (chunk: string): string => `(${chunk} >> ${CHUNK_BITS})`;
export const SQL_CHUNKS_OF = (document: string): string =>
  `(${document} << ${CHUNK_BITS}) AND (((${document} + 1) << ${CHUNK_BITS}) - 1)`;
