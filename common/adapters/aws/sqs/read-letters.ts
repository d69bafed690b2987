import { type Message as ReceivedMessage, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { receiptsOf } from './receipts.ts';
import { sqsErrorOf } from './sqs-errors.ts';

const LETTERS_MOST = 500;
const BATCH_MOST = 10;
/** Hidden meanwhile; visible again by itself if this process ends half way. */
const HIDDEN_SECONDS = 30;
/** Above 0, all of SQS's servers are asked and not some. */
const WAIT_SECONDS = 1;

/**
 * Up to 500 messages of a dead-letter queue, in no order, each once. SQS cannot be read but by receiving: they are
 * hidden for a moment and given back, which raises their receive count, and a dead-letter queue has no limit on that.
 * Who reads at the same time may see fewer.
 * @param count how many there are, as far as one knows: after so many it stops
 */
export const readLetters = async (client: SQSClient, url: string, count: number): Promise<ReceivedMessage[]> => {
  const received = new Map<string, ReceivedMessage>();
  const most = Math.min(count, LETTERS_MOST);
  try {
    while (received.size < most) {
      const messages = await receive(client, url);
      if (messages.length === 0) break;
      for (const message of messages) received.set(message.MessageId ?? '', message);
    }
  } finally {
    const { hide } = receiptsOf(client, url);
    const receipts = [...received.values()].map(({ ReceiptHandle = '' }) => ReceiptHandle);
    await Promise.allSettled(receipts.map((receipt) => hide(receipt, 0))); // else they come back after HIDDEN_SECONDS
  }
  return [...received.values()];
};

const receive = async (client: SQSClient, url: string): Promise<ReceivedMessage[]> => {
  const asked = new ReceiveMessageCommand({
    QueueUrl: url,
    MaxNumberOfMessages: BATCH_MOST,
    VisibilityTimeout: HIDDEN_SECONDS,
    WaitTimeSeconds: WAIT_SECONDS,
    MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'MessageGroupId'],
    MessageAttributeNames: ['All'],
  });
  try {
    return (await client.send(asked)).Messages ?? [];
  } catch (error) {
    throw sqsErrorOf(error);
  }
};
