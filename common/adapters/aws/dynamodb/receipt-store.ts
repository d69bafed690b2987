import { AppError } from '../../../domain/errors.ts';
import type { Receipt, ReceiptStore } from '../../../ports/receipt-store.ts';
import type { Item, Key } from './item.ts';
import { pendingItems, pendingSince } from './pending-items.ts';
import { dynamoTable, type Place } from './table.ts';

const KIND = 'receipt';

/** @param place the state table */
export const dynamoReceiptStore = (place: Place): ReceiptStore => {
  const table = dynamoTable(place);
  return {
    put: (receipt) => table.put(itemOf(receipt)),

    async get(userId, receiptId) {
      const item = await table.get(keyOf(userId, receiptId));
      if (item === undefined) throw new AppError('not_found', `There is no deletion receipt ${receiptId}.`);
      return receiptOf(item);
    },

    async pending(before, cursor) {
      const page = await pendingItems(place, KIND, { before, cursor });
      return { ...page, items: page.items.map(receiptOf) };
    },
  };
};

const keyOf = (userId: string, receiptId: string): Key => ({ pk: `${KIND}#${userId}`, sk: receiptId });

const itemOf = (receipt: Receipt): Item => ({
  ...receipt,
  ...keyOf(receipt.userId, receipt.receiptId),
  ...(receipt.status === 'pending' && pendingSince(KIND, receipt.receiptId, receipt.requestedAt)),
});

const receiptOf = ({
  pk: _pk,
  sk: _sk,
  pendingShard: _pendingShard,
  pendingSince: _pendingSince,
  ...receipt
}: Item): Receipt => receipt as unknown as Receipt;
