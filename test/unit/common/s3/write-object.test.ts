import assert from 'node:assert/strict';
import type { Encryption } from '../../../../common/adapters/aws/s3/place.ts';
import { s3BlobStore } from '../../../../common/adapters/aws/s3/s3-blob-store.ts';
import { s3Uploads } from '../../../../common/adapters/aws/s3/s3-uploads.ts';
import { type Asked, fault, s3Double } from '../../../support/aws/s3-double.ts';
import { bytes } from '../../../support/bytes.ts';

const BIG = Buffer.alloc(9 * 1024 ** 2, 'x');
const BEGUN = '<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>';
const DONE = { body: '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>' };
const KMS: Encryption = { algorithm: 'aws:kms', keyId: 'key' };

const isBegin = ({ query }: Asked) => query.has('uploads');
const isAbort = ({ method }: Asked) => method === 'DELETE';
const isPart = ({ query }: Asked) => query.has('partNumber');

describe('writing to S3', () => {
  it('sends a small body in one request, with what is known of it', async () => {
    await using s3 = await s3Double(() => ({}));
    const about = { fileName: 'Grüße/a (1).txt', mediaType: 'text/plain' };
    await s3BlobStore({ ...s3, encryption: KMS }).put('a/b', bytes('x', 'y'), about);
    const [put] = s3.asked;
    assert.equal(s3.asked.length, 1);
    assert.equal(put?.headers['content-type'], 'text/plain');
    assert.equal(put?.headers['x-amz-meta-filename'], 'Gr%C3%BC%C3%9Fe%2Fa%20(1).txt');
    assert.equal(put?.headers['x-amz-server-side-encryption'], 'aws:kms');
    assert.equal(put?.headers['x-amz-server-side-encryption-aws-kms-key-id'], 'key');
    assert.ok(put?.headers['x-amz-checksum-crc32']);
  });

  it('asks for encryption of an object in parts too, and names none where none is set', async () => {
    for (const encryption of [{ algorithm: 'AES256' } as const, undefined]) {
      await using s3 = await s3Double((asked) => (isBegin(asked) ? { body: BEGUN } : DONE));
      await s3BlobStore({ ...s3, encryption }).put('a/b', bytes(BIG));
      const begun = s3.asked.find(isBegin);
      assert.equal(begun?.headers['x-amz-server-side-encryption'], encryption?.algorithm);
    }
  });

  it('leaves out a file name that is too long for metadata', async () => {
    await using s3 = await s3Double(() => ({}));
    await s3BlobStore(s3).put('a/b', bytes('x'), { fileName: `${'ü'.repeat(340)}.txt` });
    assert.equal(s3.asked[0]?.headers['x-amz-meta-filename'], undefined);
  });

  it('removes the parts when one of them fails, and sends no more', async () => {
    await using s3 = await s3Double((asked) => {
      if (isPart(asked)) return fault(400, 'BadDigest');
      return isBegin(asked) ? { body: BEGUN } : { status: 204 };
    });
    await assert.rejects(s3BlobStore(s3).put('a/b', bytes(BIG, BIG, BIG)));
    assert.equal(s3.asked.filter(isPart).length, 1);
    assert.equal(s3.asked.filter(isAbort).length, 1);
    assert.ok(isAbort(s3.asked.at(-1) as Asked));
  });

  it('is to be tried again when its folder was deleted meanwhile', async () => {
    await using s3 = await s3Double((asked) => (isBegin(asked) ? { body: BEGUN } : fault(404, 'NoSuchUpload')));
    await assert.rejects(s3BlobStore(s3).put('a/b', bytes(BIG)), { code: 'unavailable' });
  });

  it('signs every header that a single PUT must carry', async () => {
    await using s3 = await s3Double(() => ({}));
    const transfer = { key: 'a/b', fileName: 'ü.txt', mediaType: 'text/plain', size: 1, checksums: ['c'.repeat(44)] };
    for (const encryption of [undefined, { algorithm: 'AES256' } as const, KMS]) {
      const uploads = s3Uploads({ ...s3, encryption });
      const [request] = await uploads.requests(await uploads.begin(transfer), [1]);
      const signed = new URL(request?.url ?? '').searchParams.get('X-Amz-SignedHeaders')?.split(';');
      assert.deepEqual(signed, ['host', ...Object.keys(request?.headers ?? {})].sort());
    }
    assert.deepEqual(s3.asked, [], 'S3 was not asked');
  });
});
