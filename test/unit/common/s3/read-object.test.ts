import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { watched } from '../../../../common/adapters/aws/s3/read-object.ts';
import { s3BlobStore } from '../../../../common/adapters/aws/s3/s3-blob-store.ts';
import { fault, s3Double } from '../../../support/aws/s3-double.ts';
import { textOf } from '../../../support/bytes.ts';

describe('reading from S3', () => {
  it('ends a body that breaks off as unavailable, and gives what had come', async () => {
    await using s3 = await s3Double(() => ({ headers: { 'content-length': '10' }, body: '01234', breaks: true }));
    const { size, body } = await s3BlobStore(s3).get('a/b');
    const come: string[] = [];
    const reading = async () => {
      for await (const part of body) come.push(Buffer.from(part).toString());
    };
    await assert.rejects(reading(), { code: 'unavailable' });
    assert.deepEqual([size, come.join('')], [10, '01234']);
  });

  it('ends a body that its checksum does not fit as unavailable', async () => {
    await using s3 = await s3Double(() => ({ headers: { 'x-amz-checksum-crc32': 'AAAAAA==' }, body: 'changed' }));
    const { body } = await s3BlobStore(s3).get('a/b');
    await assert.rejects(textOf(body), { code: 'unavailable' });
  });

  it('ends a body that stalls as unavailable', async () => {
    const source = new PassThrough();
    source.write('a little');
    await assert.rejects(textOf(watched(source, 5)), { code: 'unavailable' });
    assert.ok(source.destroyed);
  });

  it('frees the connection when its reader stops early', async () => {
    const source = new PassThrough();
    source.write('a little');
    for await (const part of watched(source)) {
      assert.equal(part.toString(), 'a little');
      break;
    }
    assert.ok(source.destroyed);
  });

  it('gives no bytes for a range past the end, and the size', async () => {
    const past = fault(416, 'InvalidRange', '<ActualObjectSize>10</ActualObjectSize>');
    await using s3 = await s3Double(() => past);
    const { size, body } = await s3BlobStore(s3).get('a/b', { start: 20, end: 30 });
    assert.deepEqual([size, await textOf(body)], [10, '']);
  });

  it('leaves out a file name that others have written in another way', async () => {
    await using s3 = await s3Double(() => ({ headers: { 'x-amz-meta-filename': '100 %.txt' }, body: 'x' }));
    const { fileName, body } = await s3BlobStore(s3).get('a/b');
    assert.deepEqual([fileName, await textOf(body)], [undefined, 'x']);
  });

  it('tells a service that is away or has too much to do', async () => {
    for (const [status, code, ours] of [
      [503, 'SlowDown', 'throttled'],
      [500, 'InternalError', 'unavailable'],
    ] as const) {
      await using s3 = await s3Double(() => fault(status, code));
      await assert.rejects(s3BlobStore(s3).get('a/b'), { code: ours });
    }
  });
});
