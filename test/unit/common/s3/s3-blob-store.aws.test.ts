import assert from 'node:assert/strict';
import { HeadObjectCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { s3BlobStore } from '../../../../common/adapters/aws/s3/s3-blob-store.ts';
import { temporaryBucket } from '../../../support/aws/temporary-bucket.ts';
import { broken, bytes, bytesOf, textOf } from '../../../support/bytes.ts';

const MB = 1024 ** 2;
const ABOUT = { fileName: 'Grüße "1" 100%/notes (1)*.txt', mediaType: 'text/plain; charset=utf-8' };

/** Two parts and a bit, then the sender goes away. */
async function* brokenAfterParts(): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < 20; n += 1) yield Buffer.alloc(MB, n);
  yield* broken('and');
}

describe('s3BlobStore', () => {
  it('puts a big object in parts, with one checksum over the whole', async () => {
    await using s3 = await temporaryBucket();
    const blobs = s3BlobStore(s3);
    const content = Array.from({ length: 50 }, (_, n) => Buffer.alloc(MB / 2 + n, n));
    const whole = Buffer.concat(content);
    assert.equal(await blobs.put('a/big', bytes(...content), ABOUT), whole.byteLength);
    const { size, body, fileName } = await blobs.get('a/big');
    assert.deepEqual([size, fileName], [whole.byteLength, ABOUT.fileName]);
    assert.ok(whole.equals(await bytesOf(body)));
    const head = new HeadObjectCommand({ Bucket: s3.bucket, Key: 'a/big', ChecksumMode: 'ENABLED' });
    const { ChecksumType, ContentType } = await s3.client.send(head);
    assert.deepEqual([ChecksumType, ContentType], ['FULL_OBJECT', ABOUT.mediaType]);
  });

  it('leaves neither object nor parts when a big body breaks half way, and throws what it threw', async () => {
    await using s3 = await temporaryBucket();
    const blobs = s3BlobStore(s3);
    await assert.rejects(blobs.put('a/big', brokenAfterParts()), { message: 'the connection was lost' });
    const { Uploads = [] } = await s3.client.send(
      new ListMultipartUploadsCommand({ Bucket: s3.bucket, Prefix: 'a/big' }), // the test server wants the whole key
    );
    assert.deepEqual([Uploads, await blobs.list('a/')], [[], []]);
  });

  it('removes every version, and counts objects', async () => {
    await using s3 = await temporaryBucket();
    const blobs = s3BlobStore(s3);
    for (const key of ['a/1', 'a/1', 'a/1', 'a/2', 'b/1']) await blobs.put(key, bytes(key));
    assert.equal(await blobs.deleteAll('a/'), 2);
    const { Versions = [], DeleteMarkers } = await s3.client.send(new ListObjectVersionsCommand({ Bucket: s3.bucket }));
    const keys = Versions.map(({ Key }) => Key);
    assert.deepEqual([keys, DeleteMarkers], [['b/1'], undefined]);
  });

  it('gives an address that anyone reads it by, as the file that it was', async () => {
    await using s3 = await temporaryBucket();
    const blobs = s3BlobStore(s3);
    await blobs.put('a/ü b', bytes('content'));
    const address = (await blobs.addressOf('a/ü b', ABOUT)) ?? '';
    const reply = await fetch(address);
    assert.equal(await reply.text(), 'content');
    assert.equal(reply.headers.get('content-type'), ABOUT.mediaType);
    const disposition = `attachment; filename="notes (1)*.txt"; filename*=UTF-8''notes%20%281%29%2a.txt`;
    assert.equal(reply.headers.get('content-disposition'), disposition);
    assert.equal(new URL(address).searchParams.get('X-Amz-Expires'), '300');
    const changed = await fetch(address.replace('%20b?', '%20c?'));
    assert.deepEqual([changed.status, (await changed.text()).includes('SignatureDoesNotMatch')], [403, true]);
  });

  it('has no address for what is not there', async () => {
    await using s3 = await temporaryBucket();
    await assert.rejects(s3BlobStore(s3).addressOf('a/b', ABOUT), { code: 'not_found' });
  });

  it('reads what is not its own, without a file name', async () => {
    await using s3 = await temporaryBucket();
    const blobs = s3BlobStore(s3);
    await blobs.put('a/b', bytes('x'));
    const { fileName, body } = await blobs.get('a/b');
    assert.deepEqual([fileName, await textOf(body)], [undefined, 'x']);
  });
});
