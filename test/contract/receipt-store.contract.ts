import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Receipt, ReceiptStore } from '../../common/ports/receipt-store.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import type { Open } from '../support/temporary.ts';

const LATER = '2027-01-01T00:00:00.000Z';
const atMinute = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

const aReceipt = (changes: Partial<Receipt> = {}): Receipt => ({
  receiptId: randomUUID(),
  userId: 'ada',
  documentId: randomUUID(),
  fileName: 'manual.txt',
  requestedAt: atMinute(0),
  status: 'pending',
  removed: { chunks: 0, blobs: 0, records: 0 },
  ...changes,
});

/** What every ReceiptStore promises; `open` gives an empty one. */
export const receiptStoreContract = (adapter: string, open: Open<ReceiptStore>) =>
  describe(`ReceiptStore: ${adapter}`, () => {
    it('gives back what was put, every field of it', async () => {
      await using receipts = await open();
      const pending = aReceipt();
      const completed = aReceipt({
        status: 'completed',
        completedAt: LATER,
        removed: { chunks: 96, blobs: 100, records: 1 },
        check: 'Nothing answered.',
      });
      for (const receipt of [pending, completed]) await receipts.put(receipt);
      assert.deepEqual(await receipts.get('ada', pending.receiptId), pending);
      assert.deepEqual(await receipts.get('ada', completed.receiptId), completed);
    });

    it('replaces a receipt', async () => {
      await using receipts = await open();
      const receipt = aReceipt();
      await receipts.put({ ...receipt, check: 'half way' });
      await receipts.put({ ...receipt, status: 'completed' });
      assert.deepEqual(await receipts.get('ada', receipt.receiptId), { ...receipt, status: 'completed' });
    });

    it("throws not_found for what is not there, and for another user's", async () => {
      await using receipts = await open();
      const receipt = aReceipt({ userId: 'bob' });
      await receipts.put(receipt);
      await assert.rejects(receipts.get('ada', randomUUID()), { code: 'not_found' });
      await assert.rejects(receipts.get('ada', receipt.receiptId), { code: 'not_found' });
    });

    it("finds everybody's pending ones that were asked for before a moment", async () => {
      await using receipts = await open();
      const [early, others] = [aReceipt(), aReceipt({ userId: 'bob', requestedAt: atMinute(1) })];
      const done = aReceipt({ status: 'completed' });
      for (const receipt of [early, others, done, aReceipt({ requestedAt: atMinute(2) })]) await receipts.put(receipt);
      const byId = (found: Receipt[]) => found.map(({ receiptId }) => receiptId).toSorted();
      const { items, ...rest } = await receipts.pending(atMinute(2));
      assert.deepEqual(byId(items), byId([early, others]));
      assert.deepEqual(rest, {});
      await receipts.put({ ...early, status: 'completed' });
      assert.deepEqual((await receipts.pending(atMinute(2))).items, [others]);
    });

    it('gives a hundred at a time, each once, also where many were asked for at the same moment', async () => {
      await using receipts = await open();
      for (let n = 0; n < 205; n += 1) await receipts.put(aReceipt({ requestedAt: atMinute(n >> 6) }));
      const first = await receipts.pending(LATER);
      assert.equal(first.items.length, 100);
      const found = new Set<string>();
      let met = 0;
      for await (const receipt of everyPage((cursor) => receipts.pending(LATER, cursor))) {
        found.add(receipt.receiptId);
        await receipts.put({ ...receipt, status: 'completed' }); // as upkeep has them end while it goes on
        met += 1;
      }
      assert.deepEqual([met, found.size], [205, 205]);
      assert.deepEqual(await receipts.pending(LATER), { items: [] });
    }).timeout(20_000);
  });
