import { codeOf } from '../../common/domain/errors.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { deleteDocument } from '../../common/runtime/delete-document.ts';

export type AccountNeeds = Pick<Ports, 'directory' | 'documents' | 'identity' | 'queue' | 'receipts' | 'users'>;

const PAGE = 100;

/** Deletes a person's documents, page by page, and last the person. */
export const removeAccount = async ({ userId }: { userId: string }, ports: AccountNeeds): Promise<Message[]> => {
  await ports.users.change(userId, { isActive: false }).catch(unlessGone);
  const { items } = await ports.directory.list({ userId, limit: PAGE });
  for (const document of items) await deleteDocument(document, ports);
  if (items.length > 0) return [{ stage: 'index', group: userId, body: { kind: 'account', userId } }];
  await ports.identity.remove(userId);
  await ports.users.remove(userId);
  return [];
};

const unlessGone = (error: unknown): void => {
  if (codeOf(error) !== 'not_found') throw error;
};
