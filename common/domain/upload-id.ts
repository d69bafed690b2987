import type { DocumentRef } from './document.ts';

/** Names an upload among its owner's: the generation that it brings. */
export const uploadIdOf = ({ documentId, generation }: Pick<DocumentRef, 'documentId' | 'generation'>): string =>
  `${documentId}.${generation}`;
