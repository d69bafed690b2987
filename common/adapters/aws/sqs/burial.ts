import type { MessageAttributeValue, Message as ReceivedMessage } from '@aws-sdk/client-sqs';
import type { DeadLetter } from '../../../ports/dead-letters.ts';
import { bodyOf, groupIdOf, groupOf, receiveCountOf, type SendEntry } from './message-form.ts';

export interface Burial {
  readonly message: ReceivedMessage;
  readonly code: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly buriedAt: string;
}

const REASON_MOST = 2_000;
/** What an attribute may not hold. Source: the SQS API reference, SendMessage. */
const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const BROKE_OFF = 'SQS moved it here: it was received too often without an end. Send it back to try again.';

const text = (value: string): MessageAttributeValue => ({ DataType: 'String', StringValue: value });

/**
 * What goes to the dead-letter queue. The body stays as it was, so that a redrive gives the stage its job again; all else
 * are attributes, which a person can read in the console. Of a reason 2,000 characters are kept, and those that SQS
 * refuses become U+FFFD.
 */
export const entryOf = ({ message, code, reason, buriedAt }: Burial): SendEntry => {
  const said = reason.slice(0, REASON_MOST).replace(REFUSED, '\uFFFD');
  const group = groupOf(message);
  return {
    MessageBody: message.Body ?? '',
    ...(group !== '' && { MessageGroupId: groupIdOf(group) }),
    MessageAttributes: {
      code: text(code),
      buriedAt: text(buriedAt),
      receiveCount: { DataType: 'Number', StringValue: String(receiveCountOf(message)) },
      ...(said !== '' && { reason: text(said) }),
      ...(group !== '' && { group: text(groupIdOf(group)) }),
    },
  };
};

/** A message that SQS itself moved, by the queue's redrive policy, has no attributes of ours. */
export const letterOf = (message: ReceivedMessage): DeadLetter => {
  const { code, reason, buriedAt, receiveCount } = message.MessageAttributes ?? {};
  return {
    body: bodyOf(message),
    code: code?.StringValue ?? 'internal',
    reason: reason?.StringValue ?? (code === undefined ? BROKE_OFF : ''),
    buriedAt: buriedAt?.StringValue ?? new Date(Number(message.Attributes?.SentTimestamp ?? 0)).toISOString(),
    receiveCount: Number(receiveCount?.StringValue ?? receiveCountOf(message)),
  };
};
