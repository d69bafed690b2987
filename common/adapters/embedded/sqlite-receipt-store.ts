import { AppError } from '../../domain/errors.ts';
import type { Receipt, ReceiptStore } from '../../ports/receipt-store.ts';
import { pageOf, positionOf } from '../paging.ts';
import type { Database } from './database.ts';

const PAGE = 100;

export const sqliteReceiptStore = ({ connection, write }: Database): ReceiptStore => {
  const replace = connection.prepare('insert or replace into receipt (receiptId, userId, body) values (?, ?, ?)');
  const select = connection.prepare('select body from receipt where receiptId = ? and userId = ?');
  const pending = connection.prepare(
    `select body from receipt where status = 'pending' and (requestedAt, receiptId) > (?, ?) and requestedAt < ?
     order by requestedAt, receiptId limit ?`,
  );
  return {
    put: (receipt) => write(() => void replace.run(receipt.receiptId, receipt.userId, JSON.stringify(receipt))),
    async get(userId, receiptId) {
      const row = select.get(receiptId, userId);
      if (row === undefined) throw new AppError('not_found', `There is no deletion receipt ${receiptId}.`);
      return receiptOf(row);
    },
    async pending(before, cursor) {
      const [requestedAt, receiptId] = cursor === undefined ? ['', ''] : positionOf(cursor);
      const found = pending.all(requestedAt, receiptId, before, PAGE + 1).map(receiptOf);
      return pageOf(found, PAGE, (receipt) => [receipt.requestedAt, receipt.receiptId]);
    },
  };
};

const receiptOf = (row: Record<string, unknown>): Receipt => JSON.parse(String(row['body'])) as Receipt;
