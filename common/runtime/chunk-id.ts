import { v5 } from 'uuid';
import type { DocumentRef } from '../domain/document.ts';

/** The same chunk always gets the same id: doing a job twice overwrites, never duplicates. UUIDv5, RFC 9562. */
export const chunkIdOf = ({ documentId, generation }: DocumentRef, chunkIndex: number): string =>
  v5(`${generation}/${chunkIndex}`, documentId);
