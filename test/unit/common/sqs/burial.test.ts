import assert from 'node:assert/strict';
import { entryOf, letterOf } from '../../../../common/adapters/aws/sqs/burial.ts';

const MESSAGE = {
  Body: '{"batch":1}',
  Attributes: { ApproximateReceiveCount: '2', MessageGroupId: 'a%20b' },
};
const buriedAt = '2026-01-02T03:04:05.678Z';

describe('a burial', () => {
  it('keeps the job as it was, and says why beside it', () => {
    const { MessageBody, MessageGroupId, MessageAttributes } = entryOf({
      message: MESSAGE,
      code: 'unreadable',
      reason: 'The PDF is encrypted.',
      buriedAt,
    });
    assert.deepEqual([MessageBody, MessageGroupId], ['{"batch":1}', 'a%20b']);
    assert.deepEqual(letterOf({ Body: MessageBody, MessageAttributes }), {
      body: { batch: 1 },
      code: 'unreadable',
      reason: 'The PDF is encrypted.',
      buriedAt,
      receiveCount: 2,
    });
  });

  it('keeps of a reason what SQS takes', () => {
    const reasonOf = (reason: string) =>
      entryOf({ message: MESSAGE, code: 'invalid', reason, buriedAt }).MessageAttributes?.['reason']?.StringValue;
    assert.equal(reasonOf('grün\t"😀"\n'), 'grün\t"😀"\n');
    assert.equal(reasonOf('a\u0000b\uD800c\uFFFF'), 'a\uFFFDb\uFFFDc\uFFFD');
    assert.equal(reasonOf('x'.repeat(5_000))?.length, 2_000);
    assert.equal(reasonOf(''), undefined);
  });

  it('explains a letter that SQS itself has moved', () => {
    const attributes = { ApproximateReceiveCount: '1001', SentTimestamp: String(Date.parse(buriedAt)) };
    const { reason, ...rest } = letterOf({ Body: 'hello', Attributes: attributes });
    assert.match(reason, /^SQS moved it here/);
    assert.deepEqual(rest, { body: 'hello', code: 'internal', buriedAt, receiveCount: 1_001 });
  });
});
