import type { Document, DocumentKey, DocumentRef } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import { documentFolders } from '../../common/domain/keys.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { orUndefined } from '../../common/runtime/or-undefined.ts';
import { retirePointers } from '../vectors/retire.ts';

export type EraseNeeds = Pick<
  Ports,
  'blobs' | 'documents' | 'index' | 'pending' | 'pointers' | 'progress' | 'receipts' | 'uploads'
>;

interface DeleteJob extends DocumentKey {
  readonly receiptId: string;
  /** The index has had time to show what was written just before the deletion. */
  readonly again?: boolean | undefined;
}

/**
 * Erases a document that carries a tombstone, asks again whether anything is left, and completes the receipt. An index
 * that shows its writes late is asked in a second job, which holds no worker meanwhile.
 */
export const erase = async (job: DeleteJob, ports: EraseNeeds): Promise<Message[]> => {
  const receipt = await ports.receipts.get(job.userId, job.receiptId);
  if (receipt.status === 'completed') return [];
  const document = await tombstoneOf(job, ports);
  const removed = await ports.index.delete(job);
  const chunks = receipt.removed.chunks + removed;
  let blobs = receipt.removed.blobs;
  if (document !== undefined) {
    await abortUploads(document, ports);
    for (const ref of generationsOf(document)) await retirePointers(ports, ref); // found by what the blobs say
  }
  for (const folder of documentFolders(job)) blobs += await ports.blobs.deleteAll(folder);
  if (document !== undefined) await forgetProgress(document, ports);
  const counted = { ...receipt, removed: { ...receipt.removed, chunks, blobs } };
  await ports.receipts.put(counted); // a crash from here on keeps the counts
  const { refreshSeconds } = ports.index;
  if (refreshSeconds > 0 && (removed > 0 || !job.again)) return [again(job, refreshSeconds)];
  await requireNothingLeft(job, ports);
  await ports.documents.remove(job);
  await ports.receipts.put({
    ...counted,
    status: 'completed',
    completedAt: new Date().toISOString(),
    removed: { chunks, blobs, records: 1 },
    check: 'Asked again after the removal, the index held no chunk and the storage no file of this document.',
  });
  return [];
};

const again = ({ userId, documentId, receiptId }: DeleteJob, delaySeconds: number): Message => {
  const body = { kind: 'delete', userId, documentId, receiptId, again: true };
  return { stage: 'index', group: userId, body, delaySeconds };
};

/** Undefined when an earlier try has erased the record. Throws `conflict` where nobody has asked for a deletion. */
const tombstoneOf = async (key: DocumentKey, { documents }: EraseNeeds): Promise<Document | undefined> => {
  try {
    const document = await documents.get(key);
    if (document.deletedAt !== undefined) return document;
  } catch (error) {
    if (codeOf(error) === 'not_found') return undefined;
    throw error;
  }
  throw new AppError('conflict', `${key.documentId} has no tombstone: only a deleted document is erased.`);
};

/** First of all that takes blobs away: afterwards none can come that way. */
const abortUploads = async (document: Document, { pending, uploads }: EraseNeeds): Promise<void> => {
  for (let generation = 1; generation <= document.latestGeneration; generation += 1) {
    const upload = await pending.get({ ...document, generation }).catch(orUndefined('not_found'));
    if (upload === undefined) continue;
    await uploads.abort(upload.transfer);
    await pending.remove(upload);
  }
};

const forgetProgress = async (document: Document, { progress }: EraseNeeds): Promise<void> => {
  for (const ref of generationsOf(document)) await progress.remove(ref);
};

/** Those of which something may be left. */
const generationsOf = ({ userId, documentId, ...document }: Document): DocumentRef[] => {
  const { generation, cleanedGeneration = 1, latestGeneration } = document;
  const refs: DocumentRef[] = [];
  for (let any = Math.min(generation, cleanedGeneration); any <= latestGeneration; any += 1) {
    refs.push({ userId, documentId, generation: any });
  }
  return refs;
};

/** Throws `unavailable`, which is tried again, while index or storage still answer something. */
const requireNothingLeft = async (key: DocumentKey, { blobs, index }: EraseNeeds): Promise<void> => {
  const [chunkId] = await index.chunkIds(key);
  if (chunkId !== undefined) throw new AppError('unavailable', `The index still holds chunk ${chunkId}.`);
  for (const folder of documentFolders(key)) {
    const [blob] = await blobs.list(folder);
    if (blob !== undefined) throw new AppError('unavailable', `The storage still holds ${blob}.`);
  }
};
