import type { MessageAttributeValue, Message as ReceivedMessage } from '@aws-sdk/client-sqs';
import { AppError } from '../../../domain/errors.ts';
import type { Message } from '../../../ports/job-queue.ts';

/** One of SendMessageBatch, but for its id. */
export interface SendEntry {
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Record<string, MessageAttributeValue>;
}

const GROUP_MOST = 128;
/** JSON has escaped all else that SQS refuses: control characters and halves of surrogate pairs. */
const REFUSED = /[\uFFFE\uFFFF]/g;

const ATTRIBUTE_BYTES = 32;

export const sendEntryOf = ({ body, group, delaySeconds = 0 }: Omit<Message, 'stage'>): SendEntry => ({
  MessageBody: JSON.stringify(body).replace(REFUSED, (c) => `\\u${c.charCodeAt(0).toString(16)}`),
  ...(group !== '' && { MessageGroupId: groupIdOf(group) }),
  ...(delaySeconds > 0 && { DelaySeconds: Math.ceil(delaySeconds) }),
});

/** Of the body and its attributes, as SQS counts a batch: at least. */
export const bytesOf = ({ MessageBody, MessageAttributes = {} }: SendEntry): number =>
  Object.entries(MessageAttributes).reduce(
    (sum, [name, { StringValue = '' }]) => sum + name.length + Buffer.byteLength(StringValue) + ATTRIBUTE_BYTES,
    Buffer.byteLength(MessageBody),
  );

/** Group ids are ASCII without spaces. Throws `invalid` for a group that is too long for one. */
export const groupIdOf = (group: string): string => {
  const id = encodeURIComponent(group);
  if (id.length > GROUP_MOST) throw new AppError('invalid', `A group has at most ${GROUP_MOST} characters: ${id}`);
  return id;
};

/** '' where there is none, as on the events of S3. */
export const groupOf = ({ Attributes, MessageAttributes }: ReceivedMessage): string => {
  const id = Attributes?.MessageGroupId ?? MessageAttributes?.['group']?.StringValue ?? '';
  if (!id.includes('%')) return id;
  try {
    return decodeURIComponent(id);
  } catch {
    return id; // somebody else's
  }
};

/** What is no JSON, since somebody sent it by hand, stays the text that it is: its stage says what is wrong with it. */
export const bodyOf = ({ Body = '' }: ReceivedMessage): unknown => {
  try {
    return JSON.parse(Body);
  } catch {
    return Body;
  }
};

export const receiveCountOf = ({ Attributes }: ReceivedMessage): number =>
  Number(Attributes?.ApproximateReceiveCount ?? 1);
