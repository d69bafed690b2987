import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileBlobStore } from '../../../../common/adapters/embedded/file-blob-store.ts';
import { fileUploads } from '../../../../common/adapters/embedded/file-uploads.ts';
import { broken, bytes, textOf } from '../../../support/bytes.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const KEY = Buffer.alloc(32, 'key');
const OBJECT = 'documents/ada/1/1/original.txt';
const HOUR_MS = 3_600_000;
const PARTS = ['0123456789', 'abcdefghij', 'end'];

const sum = (text: string): string => createHash('sha256').update(text).digest('base64');
const about = { key: OBJECT, fileName: 'a.txt', mediaType: 'text/plain' };
const IN_PARTS = { ...about, size: 23, partSize: 10, checksums: PARTS.map(sum) };
const IN_ONE = { ...about, size: 10, checksums: [sum('0123456789')] };

const openUploads = async () => {
  const { path, [Symbol.asyncDispose]: remove } = await temporaryFolder();
  const folder = join(path, 'uploads');
  const blobs = fileBlobStore(join(path, 'blobs'), join(path, 'tmp'));
  /** As another process, or one that has started again, has them. */
  const open = (settings: { key?: Uint8Array; baseUrl?: string; now?: () => number } = {}) =>
    fileUploads({ folder, blobs, key: KEY, ...settings });
  const uploads = open();
  const begin = async (transfer: Parameters<typeof uploads.begin>[0] = IN_PARTS) => {
    const begun = await uploads.begin(transfer);
    const numbers = begun.checksums.map((_, index) => index + 1);
    const addresses = (await uploads.requests(begun, numbers)).map(({ url }) => url);
    return { begun, addresses, address: addresses[0] ?? '' };
  };
  return { path, folder, blobs, open, uploads, begin, [Symbol.asyncDispose]: remove };
};

describe('fileUploads', () => {
  it('gives addresses of the API, under its base when it has one', async () => {
    await using home = await openUploads();
    const { begun, address } = await home.begin();
    assert.match(address, new RegExp(`^/v1/uploads/${begun.token}/1\\?expires=\\d{10}&signature=[\\w-]{43}$`));
    const [request] = await home.open({ baseUrl: 'http://localhost:3000' }).requests(begun, [1]);
    assert.match(request?.url ?? '', /^http:\/\/localhost:3000\/v1\/uploads\//);
  });

  it('tells which object was sent to, and whether it is whole', async () => {
    await using home = await openUploads();
    const parts = await home.begin();
    assert.deepEqual(await home.uploads.receive(parts.address, bytes('01234', '56789')), {
      key: OBJECT,
      isWhole: false,
    });
    const one = await home.begin(IN_ONE);
    assert.deepEqual(await home.uploads.receive(one.address, bytes('0123456789')), { key: OBJECT, isWhole: true });
    assert.equal(await textOf((await home.blobs.get(OBJECT)).body), '0123456789');
  });

  it('goes on after a restart, and in another process', async () => {
    await using home = await openUploads();
    const { begun, addresses } = await home.begin();
    for (const [index, address] of addresses.entries()) await home.open().receive(address, bytes(PARTS[index] ?? ''));
    assert.deepEqual(await home.open().arrived(begun), [1, 2, 3]);
    await Promise.all([home.open().complete(begun), home.open().complete(begun), home.open().complete(begun)]);
    assert.equal(await textOf((await home.blobs.get(OBJECT)).body), PARTS.join(''));
    assert.deepEqual(readdirSync(home.folder), []);
  });

  it('refuses an address after its hour', async () => {
    await using home = await openUploads();
    const { address } = await home.begin();
    const later = home.open({ now: () => Date.now() + HOUR_MS });
    await assert.rejects(later.receive(address, bytes(PARTS[0] ?? '')), { code: 'not_found' });
  });

  it('takes only addresses that it gave out', async () => {
    await using home = await openUploads();
    const { address, begun } = await home.begin();
    mkdirSync(join(home.path, 'other'));
    writeFileSync(join(home.path, 'other', 'transfer.json'), JSON.stringify(begun));
    const others = [
      '',
      '/',
      address.replace('/1?', '/2?'),
      address.replace('/1?', '/01?'),
      address.replace('/v1/', '/v2/'),
      address.replace(begun.token, '../other'),
      address.replace(begun.token, '..%2fother'),
      address.replace(begun.token, begun.token.toUpperCase()),
      address.replace(/signature=.*/, 'signature='),
      `${address}&x=1`,
      `${address}=`,
      `http://localhost${address}`,
    ];
    for (const other of others) {
      await assert.rejects(home.uploads.receive(other, bytes(PARTS[0] ?? '')), { code: 'not_found' }, other);
    }
    const stranger = home.open({ key: Buffer.alloc(32, 'other') });
    await assert.rejects(stranger.receive(address, bytes(PARTS[0] ?? '')), { code: 'not_found' });
  });

  it('stops reading as soon as there are too many bytes', async () => {
    await using home = await openUploads();
    const { address, begun } = await home.begin();
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1;
        yield Buffer.from('0123456');
      }
    }
    await assert.rejects(home.uploads.receive(address, endless()), { code: 'invalid' });
    assert.equal(read, 2);
    assert.deepEqual(readdirSync(join(home.folder, begun.token)), ['transfer.json']);
  });

  it('keeps nothing of a part that breaks off, and throws what its body threw', async () => {
    await using home = await openUploads();
    const { address, begun } = await home.begin();
    await assert.rejects(home.uploads.receive(address, broken('0123')), { message: 'the connection was lost' });
    assert.deepEqual(readdirSync(join(home.folder, begun.token)), ['transfer.json']);
  });

  it('does not count a part that a crash cut off, and removes it with the others', async () => {
    await using home = await openUploads();
    const { begun } = await home.begin();
    writeFileSync(join(home.folder, begun.token, 'b4a1.part'), '0123');
    assert.deepEqual(await home.uploads.arrived(begun), []);
    await home.uploads.abort(begun);
    assert.deepEqual(readdirSync(home.folder), []);
  });

  it('ends a transfer that is aborted while a part comes: nothing of it stays', async () => {
    await using home = await openUploads();
    const { address, begun } = await home.begin();
    async function* aborting() {
      yield Buffer.from('01234');
      await home.uploads.abort(begun);
      yield Buffer.from('56789');
    }
    await assert.rejects(home.uploads.receive(address, aborting()), { code: 'not_found' });
    assert.deepEqual(readdirSync(home.folder), []);
  });

  it('completes what a crash left between the object and the end of its transfer', async () => {
    await using home = await openUploads();
    const { begun } = await home.begin(IN_ONE);
    await home.blobs.put(OBJECT, bytes('0123456789'));
    assert.deepEqual(await home.uploads.arrived(begun), [1]);
    await home.uploads.complete(begun);
    assert.deepEqual(readdirSync(home.folder), []);
    await home.uploads.abort(begun);
    assert.ok(!existsSync(join(home.path, 'blobs', 'documents')));
  });
});
