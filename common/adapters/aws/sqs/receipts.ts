import { ChangeMessageVisibilityBatchCommand, DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { CALL_OPTIONS, callInBatch } from './batch-call.ts';
import { batcher } from './batcher.ts';

/** What can be done with receipt handles, in batches. Each throws `throttled`, `unavailable`, or `invalid`: lost. */
export interface Receipts {
  remove(receipt: string): Promise<void>;
  /** Hides the message for so many seconds from now; 0 gives it back at once. */
  hide(receipt: string, seconds: number): Promise<void>;
}

export const receiptsOf = (client: SQSClient, url: string): Receipts => {
  const remove = batcher<{ ReceiptHandle: string }>({
    run: (entries) =>
      callInBatch(entries, (Entries) =>
        client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }), CALL_OPTIONS),
      ),
  });
  const hide = batcher<{ ReceiptHandle: string; VisibilityTimeout: number }>({
    run: (entries) =>
      callInBatch(entries, (Entries) =>
        client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }), CALL_OPTIONS),
      ),
  });
  return {
    remove: (receipt) => remove({ ReceiptHandle: receipt }),
    hide: (receipt, seconds) => hide({ ReceiptHandle: receipt, VisibilityTimeout: seconds }),
  };
};
