import { ChangeMessageVisibilityCommand, type ReceiveMessageResult, type SQSClient } from '@aws-sdk/client-sqs';
import { sqsClient } from '../../common/adapters/aws/sqs/sqs-client.ts';
import { sqsDeadLetters } from '../../common/adapters/aws/sqs/sqs-dead-letters.ts';
import { sqsJobQueue } from '../../common/adapters/aws/sqs/sqs-job-queue.ts';
import { temporaryQueues } from '../support/aws/temporary-queues.ts';
import type { Open } from '../support/temporary.ts';
import type { QueueParts } from './job-queue.worker.ts';

const visibilitySeconds = 2; // a busy machine may be late with a heartbeat
const waitSeconds = 1;

/** ElasticMQ has no CloudWatch; what that tells is tested apart. */
const oldestSeconds = async () => 0;

export const sqs: Open<QueueParts> = async () => {
  await using stack = new AsyncDisposableStack();
  const { client, queues } = stack.use(await temporaryQueues());
  const there = stack.adopt(sqsClient(), (open) => open.destroy());
  const queue = sqsJobQueue({ client, queues, oldestSeconds, visibilitySeconds, waitSeconds });
  const lapse = lapsing(client, queues.embed.url);
  const owned = stack.move();
  return {
    queue,
    deadLetters: sqsDeadLetters({ client, queues }),
    elsewhere: sqsJobQueue({ client: there, queues, oldestSeconds, visibilitySeconds, waitSeconds }),
    visibilitySeconds,
    lapse,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Ends the visibility timeout of all that a client has received. */
const lapsing = (client: SQSClient, url: string) => {
  const receipts: string[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { Messages = [] } = result.output as ReceiveMessageResult;
      receipts.push(...Messages.map(({ ReceiptHandle = '' }) => ReceiptHandle));
      return result;
    },
    { step: 'initialize' },
  );
  return async () => {
    for (const ReceiptHandle of receipts) {
      await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
    }
  };
};
