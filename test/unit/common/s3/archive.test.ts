import assert from 'node:assert/strict';
import { s3BlobStore } from '../../../../common/adapters/aws/s3/s3-blob-store.ts';
import { type Answer, type Asked, fault, s3Double } from '../../../support/aws/s3-double.ts';

const ABOUT = { fileName: 'a.txt', mediaType: 'text/plain' };
const archived = fault(403, 'InvalidObjectState', '<StorageClass>GLACIER</StorageClass>');
const isRestore = ({ query }: Asked) => query.has('restore');
const inArchive = (restore: Answer) => (asked: Asked) => {
  if (asked.method === 'HEAD') return { headers: { 'x-amz-storage-class': 'DEEP_ARCHIVE' } };
  return isRestore(asked) ? restore : archived;
};

describe('an archived object in S3', () => {
  it('is a conflict that says what to do, and its restore is asked for', async () => {
    await using s3 = await s3Double(inArchive({ status: 202 }));
    const expected = { code: 'conflict', message: /archived.*try again in 12 hours/ };
    await assert.rejects(s3BlobStore(s3).get('a/b'), expected);
    const restore = s3.asked.find(isRestore);
    assert.match(restore?.body ?? '', /<Days>7<\/Days><GlacierJobParameters><Tier>Standard<\/Tier>/);
  });

  it('is no other answer while its restore is under way', async () => {
    await using s3 = await s3Double(inArchive(fault(409, 'RestoreAlreadyInProgress')));
    await assert.rejects(s3BlobStore(s3).get('a/b'), { code: 'conflict' });
  });

  it('has no address, and its restore is asked for', async () => {
    await using s3 = await s3Double(inArchive({ status: 202 }));
    await assert.rejects(s3BlobStore(s3).addressOf('a/b', ABOUT), { code: 'conflict' });
    assert.ok(s3.asked.some(isRestore));
  });

  it('has an address once a copy of it is restored', async () => {
    const restored = 'ongoing-request="false", expiry-date="Fri, 21 Dec 2029 00:00:00 GMT"';
    const headers = { 'x-amz-storage-class': 'GLACIER', 'x-amz-restore': restored };
    await using s3 = await s3Double(() => ({ headers }));
    assert.match((await s3BlobStore(s3).addressOf('a/b', ABOUT)) ?? '', /^http.*a\/b\?/);
  });

  it('is unavailable when its restore cannot be asked for', async () => {
    await using s3 = await s3Double(inArchive(fault(503, 'ServiceUnavailable')));
    await assert.rejects(s3BlobStore(s3).get('a/b'), { code: 'unavailable' });
  });
});
