import assert from 'node:assert/strict';
import { openItems } from './items.ts';

/** Some pages more than there are now. */
const leaveRoomFor = (items: Awaited<ReturnType<typeof openItems>>, pages: number) => {
  const { connection } = items.database;
  const used = Number(connection.prepare('pragma page_count').get()?.['page_count']);
  connection.exec(`pragma max_page_count = ${used + pages}`);
};

describe('Database.write on a full disk', () => {
  const big = 'x'.repeat(50_000);

  it('throws storage_full, changes nothing, and works again when there is room', async () => {
    await using items = await openItems();
    await items.put(1);
    leaveRoomFor(items, 2);
    await assert.rejects(items.put(2, big), { code: 'storage_full' });
    assert.deepEqual(items.kept(), [1]);
    await assert.rejects(items.put(2, big), { code: 'storage_full' });
    leaveRoomFor(items, 100);
    await items.put(2, big);
    assert.deepEqual(items.kept(), [1, 2]);
  });

  it('goes on with what still fits', async () => {
    await using items = await openItems();
    leaveRoomFor(items, 2);
    await assert.rejects(items.put(1, big), { code: 'storage_full' });
    await items.put(2);
    assert.deepEqual(items.kept(), [2]);
  });

  it('answers each of a group that did not fit, and keeps none that it refused', async () => {
    await using items = await openItems();
    leaveRoomFor(items, 15);
    const fates = await Promise.allSettled([1, 2, 3, 4].map((n) => items.put(n, big)));
    const fulfilled = fates.flatMap(({ status }, index) => (status === 'fulfilled' ? [index + 1] : []));
    for (const fate of fates) if (fate.status === 'rejected') assert.equal(fate.reason.code, 'storage_full');
    assert.ok(fulfilled.length < 4);
    assert.deepEqual(items.kept(), fulfilled);
  });
});
