import type { Document, DocumentKey, DocumentRef } from '../common/domain/document.ts';
import { AppError, codeOf } from '../common/domain/errors.ts';
import { generationFolders, workFolder } from '../common/domain/keys.ts';
import type { Ports } from '../common/ports/ports.ts';
import { retirePointers } from './vectors/retire.ts';

/** The record that a job is about. Throws `stale` when it was overtaken: deleted, replaced, or served already. */
export const current = async ({ documents }: Pick<Ports, 'documents'>, ref: DocumentRef): Promise<Document> => {
  const document = await findDocument({ documents }, ref);
  const { generation, servedGeneration, deletedAt } = document ?? {};
  if (
    document === undefined ||
    deletedAt !== undefined ||
    generation !== ref.generation ||
    servedGeneration === generation
  ) {
    throw new AppError('stale', `Generation ${ref.generation} of ${ref.documentId} is no longer being processed.`);
  }
  return document;
};

/**
 * Runs `work`; where it misses a blob because a duplicate of the job, or a deletion, has cleaned up meanwhile, it is
 * `stale` and not `not_found`, which would be the document's fault.
 */
export const unlessOvertaken = async <T>(
  ports: Pick<Ports, 'documents'>,
  ref: DocumentRef,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) === 'not_found') await current(ports, ref);
    throw error;
  }
};

type EraseNeeds = Pick<Ports, 'blobs' | 'index' | 'pointers' | 'progress'>;

/**
 * Removes what an overtaken generation has left: all of it, or, of one that is served, its work files.
 * A worker that wrote late does this after its write, so whoever comes last leaves nothing.
 */
export const discard = async (ports: EraseNeeds & Pick<Ports, 'documents'>, ref: DocumentRef): Promise<void> => {
  const document = await findDocument(ports, ref);
  const alive = document !== undefined && document.deletedAt === undefined;
  if (alive && document.servedGeneration === ref.generation) {
    await ports.blobs.deleteAll(workFolder(ref));
    await ports.progress.remove(ref);
  } else if (!alive || document.generation > ref.generation) await eraseGeneration(ports, ref);
};

/**
 * Chunks, pointers, blobs and progress of one generation; may be repeated.
 * @param successor a served one, which takes over the pointers to what both have
 */
export const eraseGeneration = async (
  { blobs, index, pointers, progress }: EraseNeeds,
  ref: DocumentRef,
  successor?: DocumentRef,
): Promise<void> => {
  await index.delete(ref, ref.generation);
  await retirePointers({ blobs, pointers }, ref, successor);
  for (const folder of generationFolders(ref)) await blobs.deleteAll(folder);
  await progress.remove(ref);
};

/** Also one with a tombstone. */
export const findDocument = async (
  { documents }: Pick<Ports, 'documents'>,
  key: DocumentKey,
): Promise<Document | undefined> => {
  try {
    return await documents.get(key);
  } catch (error) {
    if (codeOf(error) === 'not_found') return undefined;
    throw error;
  }
};
