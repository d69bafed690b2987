import { randomUUID } from 'node:crypto';
import type { DocumentKey } from '../domain/document.ts';
import { AppError, codeOf } from '../domain/errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { Receipt } from '../ports/receipt-store.ts';

/**
 * Hides a document at once and has it erased. The receipt comes first: a crash after it is found and carried through.
 * Throws `not_found`, for one that is deleted already too.
 */
export const deleteDocument = async (
  key: DocumentKey,
  ports: Pick<Ports, 'documents' | 'queue' | 'receipts'>,
): Promise<Receipt> => {
  const { userId, documentId, fileName, deletedAt } = await ports.documents.get(key);
  if (deletedAt !== undefined) throw new AppError('not_found', `There is no document ${documentId}.`);
  const requestedAt = new Date().toISOString();
  const removed = { chunks: 0, blobs: 0, records: 0 };
  const receiptId = randomUUID();
  const receipt: Receipt = { receiptId, userId, documentId, fileName, requestedAt, status: 'pending', removed };
  await ports.receipts.put(receipt);
  await carryOut(receipt, ports);
  return receipt;
};

/** Sets the tombstone where it is missing and sends the job; for a receipt that is still pending. */
export const carryOut = async (
  { userId, documentId, receiptId, requestedAt }: Receipt,
  { documents, queue }: Pick<Ports, 'documents' | 'queue'>,
): Promise<void> => {
  await tombstone({ userId, documentId }, { documents, deletedAt: requestedAt });
  const body = { kind: 'delete', userId, documentId, receiptId };
  await queue.send([{ stage: 'index', group: userId, body }]);
};

/** Whatever generation it has come to meanwhile. */
const tombstone = async (
  key: DocumentKey,
  { documents, deletedAt }: Pick<Ports, 'documents'> & { deletedAt: string },
): Promise<void> => {
  for (;;) {
    try {
      const document = await documents.get(key);
      if (document.deletedAt === undefined) await documents.change(document, { deletedAt });
      return;
    } catch (error) {
      if (codeOf(error) === 'not_found') return;
      if (codeOf(error) !== 'stale') throw error;
    }
  }
};
