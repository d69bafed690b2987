import assert from 'node:assert/strict';
import {
  bodyOf,
  bytesOf,
  groupOf,
  receiveCountOf,
  sendEntryOf,
} from '../../../../common/adapters/aws/sqs/message-form.ts';

describe('the form of a message', () => {
  it('carries the body as JSON, its group, and its delay in whole seconds', () => {
    assert.deepEqual(sendEntryOf({ body: { batch: 1 }, group: 'ada', delaySeconds: 1.2 }), {
      MessageBody: '{"batch":1}',
      MessageGroupId: 'ada',
      DelaySeconds: 2,
    });
    assert.deepEqual(sendEntryOf({ body: null, group: '' }), { MessageBody: 'null' });
  });

  it('carries any text in the characters that SQS takes', () => {
    const body = 'grün \u0000 \uFFFE\uFFFF \uD800 😀';
    const { MessageBody } = sendEntryOf({ body, group: 'ada' });
    assert.doesNotMatch(MessageBody, /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    assert.equal(bodyOf({ Body: MessageBody }), body);
  });

  it('gives any group back', () => {
    const { MessageGroupId = '' } = sendEntryOf({ body: 1, group: 'ada / ☃' });
    assert.match(MessageGroupId, /^[!-~]+$/);
    assert.equal(groupOf({ Attributes: { MessageGroupId } }), 'ada / ☃');
  });

  it('reads a group that somebody else gave, and that of a letter that SQS has moved back', () => {
    assert.equal(groupOf({ Attributes: { MessageGroupId: '100%' } }), '100%');
    assert.equal(groupOf({ MessageAttributes: { group: { DataType: 'String', StringValue: 'a%20b' } } }), 'a b');
    assert.equal(groupOf({}), '');
  });

  it('refuses a group that is too long', () => {
    assert.throws(() => sendEntryOf({ body: 1, group: 'x'.repeat(129) }), { code: 'invalid' });
  });

  it('leaves a body that is no JSON the text that it is', () => {
    assert.equal(bodyOf({ Body: 'hello' }), 'hello');
    assert.equal(bodyOf({}), '');
  });

  it('counts receives from 1', () => {
    assert.deepEqual([receiveCountOf({}), receiveCountOf({ Attributes: { ApproximateReceiveCount: '3' } })], [1, 3]);
  });

  it('weighs bytes, not characters, and attributes too', () => {
    assert.equal(bytesOf({ MessageBody: '"ü"' }), 4);
    const reason = { DataType: 'String', StringValue: 'x'.repeat(100) };
    assert.ok(bytesOf({ MessageBody: '1', MessageAttributes: { reason } }) > 100);
  });
});
