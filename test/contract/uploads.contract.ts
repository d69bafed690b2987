import assert from 'node:assert/strict';
import { bytes, bytesOf, textOf } from '../support/bytes.ts';
import type { Open } from '../support/temporary.ts';
import { uploadsRefusingContract } from './uploads.refusing.ts';
import { inOne, inParts, KEY, PARTS, requestFor, type Sending, sendParts, WHOLE } from './uploads.sending.ts';

/** What every home's Uploads promise; `open` gives an empty one. */
export const uploadsContract = (adapter: string, open: Open<Sending>) =>
  describe(`Uploads: ${adapter}`, () => {
    it('makes an object of one PUT, with no further call', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inOne());
      assert.deepEqual(await home.uploads.arrived(transfer), []);
      assert.equal(await home.send(await requestFor(home.uploads, transfer, 1), WHOLE), 200);
      assert.deepEqual(await home.uploads.arrived(transfer), [1]);
      assert.equal(await textOf((await home.blobs.get(KEY)).body), WHOLE.toString());
      await home.uploads.complete(transfer);
      await home.uploads.complete(transfer);
      assert.deepEqual(await home.uploads.arrived(transfer), [1]);
    });

    it('takes an object of no bytes', async () => {
      await using home = await open();
      const nothing = { ...inOne(), size: 0, checksums: ['47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='] };
      const transfer = await home.uploads.begin(nothing);
      assert.equal(await home.send(await requestFor(home.uploads, transfer, 1), Buffer.alloc(0)), 200);
      await home.uploads.complete(transfer);
      assert.equal(await textOf((await home.blobs.get(KEY)).body), '');
    });

    it('makes an object of parts that come in any order, once they are put together', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      assert.deepEqual(await sendParts(home, transfer, 3, 1, 2), [200, 200, 200]);
      await assert.rejects(home.blobs.get(KEY), { code: 'not_found' });
      await home.uploads.complete(transfer);
      const { size, body } = await home.blobs.get(KEY);
      assert.equal(size, transfer.size);
      assert.ok(Buffer.concat(PARTS).equals(await bytesOf(body)));
    });

    it('lists what has arrived, so that a client goes on with the rest', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      assert.deepEqual(await home.uploads.arrived(transfer), []);
      await sendParts(home, transfer, 2);
      assert.deepEqual(await home.uploads.arrived(transfer), [2]);
      await sendParts(home, transfer, 3, 1);
      assert.deepEqual(await home.uploads.arrived(transfer), [1, 2, 3]);
      await home.uploads.complete(transfer);
      assert.deepEqual(await home.uploads.arrived(transfer), [1, 2, 3]);
    });

    it('takes a part again', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      assert.deepEqual(await sendParts(home, transfer, 1, 2, 3, 1, 1), [200, 200, 200, 200, 200]);
      assert.deepEqual(await home.uploads.arrived(transfer), [1, 2, 3]);
      await home.uploads.complete(transfer);
      assert.ok(Buffer.concat(PARTS).equals(await bytesOf((await home.blobs.get(KEY)).body)));
    });

    it('completes again what is complete, also when two do it at once', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      await sendParts(home, transfer, 1, 2, 3);
      await Promise.all([home.uploads.complete(transfer), home.uploads.complete(transfer)]);
      await home.uploads.complete(transfer);
      assert.ok(Buffer.concat(PARTS).equals(await bytesOf((await home.blobs.get(KEY)).body)));
    });

    it('completes nothing while parts are missing', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      await assert.rejects(home.uploads.complete(transfer), { code: 'conflict' });
      await sendParts(home, transfer, 1, 3);
      await assert.rejects(home.uploads.complete(transfer), { code: 'conflict' });
      await assert.rejects(home.blobs.get(KEY), { code: 'not_found' });
      await sendParts(home, transfer, 2);
      await home.uploads.complete(transfer);
    });

    it('completes no single PUT that has not come', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inOne());
      await assert.rejects(home.uploads.complete(transfer), { code: 'conflict' });
    });

    it('removes what has arrived when it is aborted, and takes no more', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      const request = await requestFor(home.uploads, transfer, 2);
      await sendParts(home, transfer, 1);
      await home.uploads.abort(transfer);
      assert.deepEqual(await home.uploads.arrived(transfer), []);
      assert.equal(await home.send(request, PARTS[1] ?? WHOLE), 404);
      await assert.rejects(home.uploads.complete(transfer), { code: 'not_found' });
      await home.uploads.abort(transfer);
    });

    it('removes the finished object when it is aborted, and nothing beside it', async () => {
      await using home = await open();
      const beside = [`${KEY}.bak`, 'documents/ada/1/2/extracted-text.txt'];
      for (const key of beside) await home.blobs.put(key, bytes('x'));
      for (const begin of [inParts, inOne]) {
        const transfer = await home.uploads.begin(begin());
        if (begin === inParts) await sendParts(home, transfer, 1, 2, 3);
        else await home.send(await requestFor(home.uploads, transfer, 1), WHOLE);
        await home.uploads.complete(transfer);
        await home.uploads.abort(transfer);
        await assert.rejects(home.blobs.get(KEY), { code: 'not_found' });
      }
      assert.deepEqual(await home.blobs.list('documents/'), beside.toSorted());
    });

    uploadsRefusingContract(open);
  });
