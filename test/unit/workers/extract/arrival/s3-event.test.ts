import assert from 'node:assert/strict';
import { arrivalsIn, isS3Event } from '../../../../../workers/extract/arrival/s3-event.ts';

const recordOf = (key: string, eventName = 'ObjectCreated:Put') => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  awsRegion: 'eu-central-1',
  eventName,
  s3: { bucket: { name: 'documents' }, object: { key, size: 3, eTag: 'e', sequencer: '0055AED6DCD90281E5' } },
});

const keysIn = (...records: object[]) => arrivalsIn({ Records: records }).map(({ key }) => key);

describe('an S3 event', () => {
  it('tells bucket, key and sequencer of what was created', () => {
    assert.deepEqual(arrivalsIn({ Records: [recordOf('documents/u/d/1/original.pdf')] }), [
      { bucket: 'documents', key: 'documents/u/d/1/original.pdf', sequencer: '0055AED6DCD90281E5' },
    ]);
  });

  it('spells its keys as a form does', () => {
    assert.deepEqual(keysIn(recordOf('documents/a+b/d%2B1/original.txt')), ['documents/a b/d+1/original.txt']);
    assert.deepEqual(keysIn(recordOf('documents/gr%C3%BC%C3%9Fe/%E6%97%A5/original.md')), [
      'documents/grüße/日/original.md',
    ]);
  });

  it('keeps a key that is spelt wrongly, which then names nothing', () => {
    assert.deepEqual(keysIn(recordOf('documents/100%/x')), ['documents/100%/x']);
  });

  it('is of no interest when something was removed', () => {
    assert.deepEqual(keysIn(recordOf('a', 'ObjectRemoved:Delete'), recordOf('b', 'ObjectCreated:Copy')), ['b']);
  });

  it('may be the test that S3 sends when a notification is set up', () => {
    const body = { Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-01-01T00:00:00.000Z', Bucket: 'documents' };
    assert.ok(isS3Event(body));
    assert.deepEqual(arrivalsIn(body), []);
  });

  it('is refused when it is of another make', () => {
    assert.throws(() => arrivalsIn({ Records: [{ eventSource: 'aws:sns' }] }), { code: 'invalid' });
    assert.ok(!isS3Event({ userId: 'ada', documentId: 'd', generation: 1 }));
    assert.ok(!isS3Event('Records'));
  });
});
