import type { Message as ReceivedMessage, SQSClient } from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import { codeOf, PASSING } from '../../../domain/errors.ts';
import { patience } from '../../../runtime/backoff.ts';
import type { Slots } from './slots.ts';
import { sqsErrorOf } from './sqs-errors.ts';

export interface Polling {
  readonly client: SQSClient;
  readonly url: string;
  readonly visibilitySeconds: number;
  /** How long a poll of an empty queue lasts; so long may stopping take. From 1 to 20. */
  readonly waitSeconds: number;
  readonly slots: Slots;
  readonly stopping: AbortSignal;
  /** Fills slots; never more messages than were free. */
  readonly take: (messages: readonly ReceivedMessage[]) => void;
}

const BATCH_MOST = 10;
/** After its end, a poll is given up that has no answer. */
const LATE_MS = 2_000;

/**
 * Receives into free slots until `stopping`. Resolves when no poll is under way; throws what does not pass by itself.
 *
 * sqs-consumer reads `batchSize` before it calls preReceiveMessageCallback: hence the wait for a slot is at the end of
 * handleMessageBatch, where the size of the next poll can still be set. And a long poll is not aborted but ends by
 * itself: the service may go on to give a message to a poll that nobody hears any more, and it would be redelivered.
 */
export const poll = (polling: Polling): Promise<void> => {
  const { slots, stopping, take } = polling;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (stopping.aborted) return Promise.resolve();
  let failures = 0;
  let late: NodeJS.Timeout | undefined;
  const end = (settle: () => void) => {
    clearTimeout(late);
    stopping.removeEventListener('abort', stop);
    consumer.stop();
    settle();
  };
  const resize = () => consumer.updateOption('batchSize', Math.min(BATCH_MOST, slots.free()));
  const consumer = Consumer.create({
    ...settingsOf(polling),
    batchSize: Math.min(BATCH_MOST, slots.free()),
    async preReceiveMessageCallback() {
      if (failures > 0) await patience(failures, stopping);
      stopping.throwIfAborted();
    },
    async handleMessageBatch(messages) {
      take(messages);
      await slots.room();
      return [];
    },
  });
  const answered = () => {
    failures = 0;
    if (stopping.aborted) end(resolve);
    else resize();
  };
  const failed = (fault: unknown) => {
    const error = sqsErrorOf(fault instanceof Error ? (fault.cause ?? fault) : fault);
    failures += 1;
    if (stopping.aborted) end(resolve);
    else if (PASSING.has(codeOf(error))) resize();
    else end(() => reject(error));
  };
  const stop = () => {
    if (!consumer.status.isPolling) end(resolve);
    else late = setTimeout(() => consumer.stop({ abort: true }), polling.waitSeconds * 1_000 + LATE_MS);
  };
  consumer.on('response_processed', answered).on('empty', answered).on('error', failed);
  stopping.addEventListener('abort', stop, { once: true });
  consumer.start();
  return promise;
};

const settingsOf = ({ client, url, waitSeconds, visibilitySeconds }: Polling) => ({
  sqs: client,
  queueUrl: url,
  waitTimeSeconds: waitSeconds,
  visibilityTimeout: visibilitySeconds,
  messageSystemAttributeNames: ['ApproximateReceiveCount' as const, 'MessageGroupId' as const],
  messageAttributeNames: ['group'],
  shouldDeleteMessages: false,
});
