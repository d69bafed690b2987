import {
  DeleteMessageBatchCommand,
  type MessageSystemAttributeName,
  type Message as ReceivedMessage,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import type { Queues } from '../../../common/adapters/aws/sqs/queues.ts';
import { sqsJobQueue } from '../../../common/adapters/aws/sqs/sqs-job-queue.ts';

/** Handles one message; when it answers false, no more are wanted. */
export type Handle = (body: unknown) => Promise<boolean>;

export interface Source {
  /** With our settings. */
  readonly client: SQSClient;
  /** As the SDK comes. */
  readonly plain: SQSClient;
  readonly queues: Queues;
}

/** A way to consume the embed queue: gives each message to `handle` and deletes it, until it answers false. */
type Variant = (source: Source, handle: Handle) => Promise<void>;

const BATCH = 10;

const ours =
  (slots: number): Variant =>
  async ({ client, queues }, handle) => {
    const stopping = new AbortController();
    const queue = sqsJobQueue({ client, queues, oldestSeconds: async () => undefined, waitSeconds: 1 });
    await queue.consume('embed', { slots, stopping: stopping.signal }, async ({ body }) => {
      if (!(await handle(body))) stopping.abort();
      return { fate: 'done' };
    });
  };

/** @param attributes what one needs to tell a second delivery from a first, and whose turn it is */
const bare =
  (attributes: MessageSystemAttributeName[]): Variant =>
  async ({ plain, queues }, handle) => {
    const QueueUrl = queues.embed.url;
    const settings = { MaxNumberOfMessages: BATCH, WaitTimeSeconds: 1, MessageSystemAttributeNames: attributes };
    for (let wanted = true; wanted; ) {
      const { Messages = [] } = await plain.send(new ReceiveMessageCommand({ QueueUrl, ...settings }));
      const answers = await Promise.all(Messages.map(({ Body = '' }) => handle(JSON.parse(Body))));
      wanted = answers.every((answer) => answer);
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      if (Entries.length > 0) await plain.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  };

/** sqs-consumer deletes one message at a time, and polls when the whole batch has ended. @param batchSize 1 is its default */
const handleMessage =
  (batchSize: number): Variant =>
  async ({ plain, queues }, handle) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let isWanted = true;
    const consumer = Consumer.create({
      sqs: plain,
      queueUrl: queues.embed.url,
      batchSize,
      waitTimeSeconds: 1,
      async handleMessage(message: ReceivedMessage) {
        if (!(await handle(JSON.parse(message.Body ?? '')))) isWanted = false;
        return message;
      },
    });
    consumer.on('error', reject).on('processing_error', reject);
    consumer.on('response_processed', () => {
      if (isWanted) return;
      consumer.stop();
      resolve();
    });
    consumer.start();
    await promise;
  };

export const VARIANTS = {
  ours: ours(20),
  'ours, 10 slots': ours(10),
  bare: bare(['ApproximateReceiveCount', 'MessageGroupId']),
  'bare, no attributes': bare([]),
  handleMessage: handleMessage(1),
  'handleMessage, 10 a poll': handleMessage(BATCH),
} satisfies Record<string, Variant>;
export type VariantName = keyof typeof VARIANTS;
