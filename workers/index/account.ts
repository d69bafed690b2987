import { codeOf } from '../../common/domain/errors.ts';
import type { Message } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { deleteDocument } from '../../common/runtime/delete-document.ts';

export type AccountNeeds = Pick<Ports, 'directory' | 'documents' | 'identity' | 'queue' | 'receipts' | 'users'>;

const PAGE = 100;

/** Longer than a list may lag behind what was written before the account was closed. */
const SECOND_LOOK_SECONDS = 5;

interface AccountJob {
  readonly userId: string;
  /** Nothing was left, some time ago. */
  readonly again?: boolean | undefined;
}

/** Deletes a person's documents, page by page; once there are none, twice in a row, the person. */
export const removeAccount = async (job: AccountJob, ports: AccountNeeds): Promise<Message[]> => {
  const { userId, again = false } = job;
  const message = (body: object): Message => ({
    stage: 'index',
    group: userId,
    body: { kind: 'account', userId, ...body },
  });
  await ports.users.change(userId, { isActive: false }).catch(unlessGone);
  const { items, nextCursor } = await ports.directory.list({ userId, limit: PAGE });
  for (const document of items) await deleteDocument(document, ports).catch(unlessGone);
  if (items.length > 0 || nextCursor !== undefined) return [message({})];
  if (!again) return [{ ...message({ again: true }), delaySeconds: SECOND_LOOK_SECONDS }];
  await ports.identity.remove(userId);
  await ports.users.remove(userId);
  return [];
};

const unlessGone = (error: unknown): void => {
  if (codeOf(error) !== 'not_found') throw error;
};
