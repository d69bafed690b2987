import type { DocumentRef } from '../../../common/domain/document.ts';
import { chunkKey, metadataKey, originalKey, textKey, workFolder } from '../../../common/domain/keys.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import { chunkIdOf } from '../../../common/runtime/chunk-id.ts';
import { bytes } from '../../support/bytes.ts';
import { aDocument } from '../../support/documents.ts';

type Needs = Pick<Ports, 'blobs' | 'index' | 'progress'>;

/** Puts there what the stages write for a generation: blobs, one chunk in the index, a plan. */
export const processed = async ({ blobs, index, progress }: Needs, ref: DocumentRef): Promise<void> => {
  const { fileName, fileType, uploadDate } = aDocument();
  const keys = [originalKey(ref, 'txt'), textKey(ref), chunkKey(ref, 0), metadataKey(ref), `${workFolder(ref)}x.json`];
  for (const key of keys) await blobs.put(key, bytes('x'));
  await progress.begin(ref, { batchCount: 1, chunkCount: 1 });
  await index.put([
    {
      userId: ref.userId,
      documentId: ref.documentId,
      generation: ref.generation,
      chunkId: chunkIdOf(ref, 0),
      chunkIndex: 0,
      content: 'Some words.',
      startPosition: 0,
      endPosition: 11,
      metadata: { wordCount: 2, charCount: 11 },
      createdAt: uploadDate,
      fileName,
      fileType,
      uploadDate,
      tags: [],
      isPublic: false,
      vector: Float32Array.of(1, 0),
    },
  ]);
};

/** What there is of a generation: how many blobs, those of them that are work files, chunks and plans. */
export const leavingsOf = async ({ blobs, index, progress }: Needs, ref: DocumentRef) => {
  const { userId, documentId, generation } = ref;
  const documents = await blobs.list(`documents/${userId}/${documentId}/${generation}/`);
  const processing = await blobs.list(`processed/${userId}/${documentId}/${generation}/`);
  return {
    blobs: documents.length + processing.length,
    work: (await blobs.list(workFolder(ref))).length,
    chunks: (await index.chunkIds(ref, generation)).length,
    plans: (await progress.get(ref)) === undefined ? 0 : 1,
  };
};

export const ALL = { blobs: 5, work: 1, chunks: 1, plans: 1 };
export const SERVED = { blobs: 4, work: 0, chunks: 1, plans: 0 };
export const NOTHING = { blobs: 0, work: 0, chunks: 0, plans: 0 };
