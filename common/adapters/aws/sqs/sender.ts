import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import { type BatchCall, CALL_OPTIONS, callInBatch } from './batch-call.ts';
import { batcher } from './batcher.ts';
import { bytesOf, type SendEntry } from './message-form.ts';

/** Sends to one queue; resolves when the message is durable. Throws `throttled`, `unavailable` or `invalid`. */
export type Send = (entry: SendEntry) => Promise<void>;

const BATCHES_AT_ONCE = 4;

/** Sends in batches; as many to a queue at once as keep one process from taking all connections. */
export const senders = (client: SQSClient): ((url: string) => Send) => {
  const made = new Map<string, Send>(); // as many as there are queues
  const senderTo = (url: string): Send => {
    const limited = pLimit(BATCHES_AT_ONCE);
    const call: BatchCall<SendEntry> = (Entries) =>
      client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }), CALL_OPTIONS);
    return batcher<SendEntry>({ bytesOf, run: (entries) => limited(() => callInBatch(entries, call)) });
  };
  return (url) => {
    const send = made.get(url) ?? senderTo(url);
    made.set(url, send);
    return send;
  };
};
