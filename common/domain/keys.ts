import type { DocumentKey, DocumentRef } from './document.ts';

/** Where each blob of a document lies. Every key holds the generation, so nothing is ever overwritten by another. */

const folderOf = ({ userId, documentId, generation }: DocumentRef): string => `${userId}/${documentId}/${generation}`;

/** Numbered from 001, at least three digits. */
const numbered = (index: number): string => String(index + 1).padStart(3, '0');

/** @param extension canonical, lower case, without the dot */
export const originalKey = (ref: DocumentRef, extension: string): string =>
  `documents/${folderOf(ref)}/original.${extension}`;
export const textKey = (ref: DocumentRef): string => `documents/${folderOf(ref)}/extracted-text.txt`;
/** @param chunkIndex from 0 */
export const chunkKey = (ref: DocumentRef, chunkIndex: number): string =>
  `documents/${folderOf(ref)}/chunks/chunk-${numbered(chunkIndex)}.json`;
export const metadataKey = (ref: DocumentRef): string => `processed/${folderOf(ref)}/metadata.json`;
export const embeddingsKey = (ref: DocumentRef): string => `processed/${folderOf(ref)}/embeddings.json`;

/** The folder of what only the pipeline needs; gone once the document is ready. */
export const workFolder = (ref: DocumentRef): string => `processed/${folderOf(ref)}/work/`;
/** @param batch from 0 */
export const batchKey = (ref: DocumentRef, batch: number): string => `${workFolder(ref)}batch-${numbered(batch)}.json`;
export const vectorsKey = (ref: DocumentRef, batch: number): string =>
  `${workFolder(ref)}vectors-${numbered(batch)}.json`;
/** Of a batch that is still being embedded: what has come so far. @param part from 0 */
export const someVectorsKey = (ref: DocumentRef, batch: number, part: number): string =>
  `${workFolder(ref)}some-vectors-${numbered(batch)}-${numbered(part)}.json`;

/** All that one generation has left behind. */
export const generationFolders = (ref: DocumentRef): readonly string[] => [
  `documents/${folderOf(ref)}/`,
  `processed/${folderOf(ref)}/`,
];
/** All that a document has left behind. */
export const documentFolders = ({ userId, documentId }: DocumentKey): readonly string[] => [
  `documents/${userId}/${documentId}/`,
  `processed/${userId}/${documentId}/`,
];
