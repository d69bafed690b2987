import { setTimeout as delay } from 'node:timers/promises';
import type { PublicDocument } from '../../../common/domain/document.ts';
import { AppError } from '../../../common/domain/errors.ts';
import type { Receipt } from '../../../common/ports/receipt-store.ts';
import { type Context, command } from '../command.ts';
import { EXIT } from '../exit.ts';
import { findDocument } from '../find.ts';
import { counted } from '../terminal/figures.ts';
import { harmless, wrap } from '../terminal/text.ts';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const MAX_NAMED = 10;

/** All are looked up before the first goes: a name that is wrong removes nothing. */
const found = async ({ client, signal }: Context, words: readonly string[]): Promise<PublicDocument[]> => {
  const documents = new Map<string, PublicDocument>();
  for (const word of words) {
    const document = await findDocument(client, word, signal);
    documents.set(document.documentId, document);
  }
  return [...documents.values()];
};

const isWanted = async ({ prompt, out }: Context, documents: readonly PublicDocument[]): Promise<boolean> => {
  if (prompt === undefined) throw new AppError('invalid', 'Nobody can be asked here: give --yes.');
  for (const { fileName } of documents.slice(0, MAX_NAMED)) out.note(`  ${harmless(fileName)}`);
  if (documents.length > MAX_NAMED) out.note(`  and ${documents.length - MAX_NAMED} more`);
  return prompt.confirm(`Delete ${counted(documents.length, 'document')} for good?`);
};

/** Until all of it is gone. */
const completed = async ({ client, signal }: Context, receiptId: string): Promise<Receipt> => {
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
    const receipt = await client.receipt(receiptId, signal);
    if (receipt.status === 'completed') return receipt;
    await delay(ms, undefined, { signal });
  }
};

const print = ({ out }: Context, receipt: Receipt): void => {
  const { chunks, blobs, records } = receipt.removed;
  const what = [counted(chunks, 'chunk'), counted(blobs, 'stored file'), counted(records, 'record')];
  out.line(`Removed ${harmless(receipt.fileName)}: ${what.join(', ')}.`);
  const check = harmless(receipt.check ?? '');
  for (const line of wrap(`${check} Receipt ${receipt.receiptId}.`.trim(), out.columns - 2)) out.line(`  ${line}`);
  out.value(receipt);
};

export const rm = command({
  summary: 'Delete documents for good, with a receipt',
  operands: '<id or file name...>',
  count: [1, Number.POSITIVE_INFINITY],
  options: {
    yes: { type: 'boolean', short: 'y', help: 'do not ask' },
    'no-wait': { type: 'boolean', help: 'do not wait until all of it is gone' },
  },
  about: [
    'A document is gone from every list and search at once; then its text, vectors and files are erased, and that is',
    'checked. The receipt says what was removed. It goes on by itself if you do not wait.',
    'Where one name is not known, or stands for several documents, nothing is deleted.',
  ],
  examples: [
    ['rm docs/old.md', 'asks first'],
    ['rm --yes 0b9d7a52-6f0e-4c0e-9d0c-6d5f2d1b8a11', 'by id, in a script'],
  ],
  async run({ yes = false, 'no-wait': noWait = false }, words, context) {
    const { client, out, signal } = context;
    const documents = await found(context, words);
    if (!yes && !(await isWanted(context, documents))) {
      out.note('Nothing was deleted.');
      return EXIT.failed;
    }
    const receiptIds: string[] = [];
    for (const { documentId } of documents) receiptIds.push((await client.remove(documentId, signal)).receiptId);
    for (const receiptId of receiptIds) {
      if (noWait) out.value({ receiptId, status: 'pending' });
      else print(context, await completed(context, receiptId));
    }
    if (noWait) out.note(`${counted(documents.length, 'document')} hidden; the rest is erased in the background.`);
    return EXIT.done;
  },
});
