import assert from 'node:assert/strict';
import type { PendingUpload, UploadStore } from '../../common/ports/upload-store.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { aPendingUpload } from '../support/pending-upload.ts';
import type { Open } from '../support/temporary.ts';

const LATER = '2027-01-01T00:00:00.000Z';
const atMinute = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const checksums = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${n}`.padStart(43, 'A').concat('='));
const byId = (uploads: readonly PendingUpload[]): string[] => uploads.map(({ documentId }) => documentId).toSorted();

/** What every UploadStore promises; `open` gives an empty one. */
export const uploadStoreContract = (adapter: string, open: Open<UploadStore>) =>
  describe(`UploadStore: ${adapter}`, () => {
    it('gives back what was created, every field of it', async () => {
      await using uploads = await open();
      const whole = aPendingUpload();
      const { partSize: _none, ...one } = aPendingUpload().transfer;
      const inOnePut = aPendingUpload({ transfer: { ...one, fileName: 'notes/größe 日本.md' } });
      for (const upload of [whole, inOnePut]) await uploads.create(upload);
      assert.deepEqual(await uploads.get(whole), whole);
      assert.deepEqual(await uploads.get(inOnePut), inOnePut);
    });

    it('holds the checksums of a thousand parts', async () => {
      await using uploads = await open();
      const upload = aPendingUpload();
      const transfer = { ...upload.transfer, checksums: checksums(1_000) };
      await uploads.create({ ...upload, transfer });
      assert.deepEqual((await uploads.get(upload)).transfer.checksums, transfer.checksums);
    });

    it('throws conflict for a second one of a generation, and keeps the first', async () => {
      await using uploads = await open();
      const upload = aPendingUpload();
      await uploads.create(upload);
      await assert.rejects(uploads.create({ ...upload, startedAt: LATER }), { code: 'conflict' });
      assert.deepEqual(await uploads.get(upload), upload);
    });

    it('lets one of several win that create the same at once', async () => {
      await using uploads = await open();
      const upload = aPendingUpload();
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => uploads.create(upload)));
      assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
    });

    it('keeps the generations of a document apart', async () => {
      await using uploads = await open();
      const first = aPendingUpload();
      const second = { ...first, generation: 2, startedAt: LATER };
      for (const upload of [first, second]) await uploads.create(upload);
      await uploads.remove(first);
      assert.deepEqual(await uploads.get(second), second);
    });

    it("throws not_found for what is not there, for another generation and for another user's", async () => {
      await using uploads = await open();
      const upload = aPendingUpload();
      await assert.rejects(uploads.get(upload), { code: 'not_found' });
      await uploads.create(upload);
      await assert.rejects(uploads.get({ ...upload, generation: 2 }), { code: 'not_found' });
      await assert.rejects(uploads.get({ ...upload, userId: 'bob' }), { code: 'not_found' });
    });

    it('removes one, again without complaint, and lets it be created anew', async () => {
      await using uploads = await open();
      const upload = aPendingUpload();
      await uploads.create(upload);
      await uploads.remove(upload);
      await uploads.remove(upload);
      await assert.rejects(uploads.get(upload), { code: 'not_found' });
      await uploads.create(upload);
      assert.deepEqual(await uploads.get(upload), upload);
    });

    it("removes nothing of another user's", async () => {
      await using uploads = await open();
      const upload = aPendingUpload();
      await uploads.create(upload);
      await uploads.remove({ ...upload, userId: 'bob' });
      assert.deepEqual(await uploads.get(upload), upload);
    });

    it("finds everybody's that were started before a moment", async () => {
      await using uploads = await open();
      const early = aPendingUpload({ startedAt: atMinute(0) });
      const others = aPendingUpload({ userId: 'bob', startedAt: atMinute(1) });
      for (const upload of [early, others, aPendingUpload({ startedAt: atMinute(2) })]) await uploads.create(upload);
      const { items, ...rest } = await uploads.startedBefore(atMinute(2));
      assert.deepEqual(byId(items), byId([early, others]));
      assert.deepEqual(rest, {});
      await uploads.remove(early);
      assert.deepEqual((await uploads.startedBefore(atMinute(2))).items, [others]);
    });

    it('gives a hundred at a time, each once, also where many were started at the same moment', async () => {
      await using uploads = await open();
      for (let n = 0; n < 205; n += 1) await uploads.create(aPendingUpload({ startedAt: atMinute(n >> 6) }));
      assert.equal((await uploads.startedBefore(LATER)).items.length, 100);
      const found = new Set<string>();
      let met = 0;
      for await (const upload of everyPage((cursor) => uploads.startedBefore(LATER, cursor))) {
        found.add(upload.documentId);
        await uploads.remove(upload); // as upkeep ends them while it goes on
        met += 1;
      }
      assert.deepEqual([met, found.size], [205, 205]);
      assert.deepEqual(await uploads.startedBefore(LATER), { items: [] });
    }).timeout(20_000);
  });
