import assert from 'node:assert/strict';
import type { PutRequest } from '../../common/ports/uploads.ts';
import { textOf } from '../support/bytes.ts';
import type { Open } from '../support/temporary.ts';
import { inOne, inParts, KEY, PARTS, requestFor, type Sending, sendParts, WHOLE } from './uploads.sending.ts';

const [FIRST, SECOND, LAST] = PARTS as [Buffer, Buffer, Buffer];
const HOUR_MS = 3_600_000;

/** Another character where the signature ends. */
const tampered = (request: PutRequest): PutRequest => {
  const { url } = request;
  const at = url.toLowerCase().indexOf('signature=') + 'signature='.length;
  return { ...request, url: `${url.slice(0, at)}${url[at] === 'a' ? 'b' : 'a'}${url.slice(at + 1)}` };
};

export const uploadsRefusingContract = (open: Open<Sending>) =>
  describe('what is refused', () => {
    it('refuses other bytes than the checksum names, and keeps nothing of them', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      const request = await requestFor(home.uploads, transfer, 1);
      for (const body of [SECOND, FIRST.subarray(1), Buffer.concat([FIRST, LAST]), Buffer.alloc(0)]) {
        assert.equal(await home.send(request, body), 400);
      }
      assert.deepEqual(await home.uploads.arrived(transfer), []);
      assert.equal(await home.send(request, FIRST), 200);
      assert.equal(await home.send(request, SECOND), 400);
      assert.deepEqual(await home.uploads.arrived(transfer), [1]);
    });

    it('refuses other bytes in one PUT, and leaves no object', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inOne());
      const request = await requestFor(home.uploads, transfer, 1);
      assert.equal(await home.send(request, FIRST), 400);
      assert.equal(await home.send(request, WHOLE.subarray(1)), 400);
      await assert.rejects(home.blobs.get(KEY), { code: 'not_found' });
      assert.deepEqual(await home.uploads.arrived(transfer), []);
    });

    it('keeps the object of one PUT whatever is sent there afterwards', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inOne());
      const request = await requestFor(home.uploads, transfer, 1);
      await home.send(request, WHOLE);
      assert.notEqual(await home.send(request, WHOLE), 200);
      assert.notEqual(await home.send(request, Buffer.from('grüße, in two pieces')), 200);
      assert.equal(await textOf((await home.blobs.get(KEY)).body), WHOLE.toString());
    });

    it('refuses an address that was not given out', async () => {
      await using home = await open();
      const transfer = await home.uploads.begin(inParts());
      const request = await requestFor(home.uploads, transfer, 1);
      assert.ok([403, 404].includes(await home.send(tampered(request), FIRST)));
      const lasting = request.url.replace(/(expires=)(\d+)/i, (_, name, value) => `${name}${Number(value) + 1}`);
      assert.notEqual(lasting, request.url);
      assert.ok([403, 404].includes(await home.send({ ...request, url: lasting }, FIRST)));
      assert.deepEqual(await home.uploads.arrived(transfer), []);
    });

    it('gives addresses that last an hour, for the parts that are asked for', async () => {
      await using home = await open();
      const before = Date.now();
      const transfer = await home.uploads.begin(inParts());
      const requests = await home.uploads.requests(transfer, [3, 1]);
      assert.deepEqual(
        requests.map(({ partNumber }) => partNumber),
        [3, 1],
      );
      for (const { expiresAt } of requests) {
        const left = Date.parse(expiresAt) - before;
        assert.ok(left > HOUR_MS - 2_000 && left < HOUR_MS + 60_000, expiresAt);
      }
      for (const none of [0, 4, -1, 1.5]) {
        await assert.rejects(home.uploads.requests(transfer, [none]), { code: 'invalid' }, String(none));
      }
    });

    it('begins nothing whose sizes and checksums do not agree, or whose key is bad', async () => {
      await using home = await open();
      const { checksums } = inParts();
      const wrong = [
        { ...inParts(), checksums: checksums.slice(1) },
        { ...inParts(), checksums: [...checksums, ...checksums] },
        { ...inOne(), checksums },
        { ...inOne(), key: '../original.txt' },
      ];
      for (const transfer of wrong) await assert.rejects(home.uploads.begin(transfer), { code: 'invalid' });
    });

    it('keeps the parts of two transfers of one key apart', async () => {
      await using home = await open();
      const [one, other] = [await home.uploads.begin(inParts()), await home.uploads.begin(inParts())];
      await sendParts(home, one, 1);
      await sendParts(home, other, 2);
      assert.deepEqual(await home.uploads.arrived(one), [1]);
      assert.deepEqual(await home.uploads.arrived(other), [2]);
    });
  });
