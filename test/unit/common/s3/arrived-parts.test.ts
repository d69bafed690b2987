import assert from 'node:assert/strict';
import { s3Uploads } from '../../../../common/adapters/aws/s3/s3-uploads.ts';
import { fault, s3Double } from '../../../support/aws/s3-double.ts';

const SUMS = ['A', 'B', 'C', 'D'].map((letter) => `${letter.repeat(43)}=`);
const TRANSFER = { key: 'a/b', fileName: 'b', mediaType: 'text/plain', size: 35, partSize: 10, checksums: SUMS };
const BEGUN = { ...TRANSFER, token: 'id' };

const part = (number: number, size: number, sum = SUMS[number - 1]) =>
  `<Part><PartNumber>${number}</PartNumber><Size>${size}</Size><ETag>e</ETag><ChecksumSHA256>${sum}</ChecksumSHA256></Part>`;
const page = (...entries: string[]) => ({ body: `<ListPartsResult>${entries.join('')}</ListPartsResult>` });

describe('what has arrived in S3', () => {
  it('follows the pages, of which the last may name a marker too', async () => {
    const more = '<IsTruncated>true</IsTruncated><NextPartNumberMarker>2</NextPartNumberMarker>';
    const last = '<IsTruncated>false</IsTruncated><NextPartNumberMarker>4</NextPartNumberMarker>';
    const pages = [page(part(1, 10), part(2, 10), more), page(part(3, 10), part(4, 5), last)];
    await using s3 = await s3Double(() => pages.shift() ?? fault(500, 'InternalError'));
    assert.deepEqual(await s3Uploads(s3).arrived(BEGUN), [1, 2, 3, 4]);
    assert.equal(s3.asked[1]?.query.get('part-number-marker'), '2');
  });

  it('counts no part of another size or checksum, and none that the transfer does not have', async () => {
    await using s3 = await s3Double(() => page(part(1, 9), part(2, 10, SUMS[0]), part(3, 10), part(9, 10, SUMS[0])));
    assert.deepEqual(await s3Uploads(s3).arrived(BEGUN), [3]);
    await assert.rejects(s3Uploads(s3).complete(BEGUN), { code: 'conflict' });
  });

  it('is complete where the upload has ended and the object is there: an answer was lost', async () => {
    await using s3 = await s3Double(({ method }) =>
      method === 'HEAD' ? { headers: { 'content-length': '35' } } : fault(404, 'NoSuchUpload'),
    );
    await s3Uploads(s3).complete(BEGUN);
    assert.deepEqual(await s3Uploads(s3).arrived(BEGUN), [1, 2, 3, 4]);
  });

  it('is not complete where the object has another size', async () => {
    await using s3 = await s3Double(({ method }) =>
      method === 'HEAD' ? { headers: { 'content-length': '34' } } : fault(404, 'NoSuchUpload'),
    );
    await assert.rejects(s3Uploads(s3).complete(BEGUN), { code: 'not_found' });
    assert.deepEqual(await s3Uploads(s3).arrived(BEGUN), []);
  });

  it('is unavailable, not gone, while S3 is', async () => {
    await using s3 = await s3Double(() => fault(503, 'ServiceUnavailable'));
    for (const ask of ['arrived', 'complete', 'abort', 'begin'] as const) {
      await assert.rejects(async () => s3Uploads(s3)[ask](BEGUN), { code: 'unavailable' }, ask);
    }
  });
});
