import { randomUUID } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterName, openQueues, type Queues, queueName } from '../../../common/adapters/aws/sqs/queues.ts';
import { sqsClient } from '../../../common/adapters/aws/sqs/sqs-client.ts';
import { STAGE_NAMES } from '../../../common/domain/stage-name.ts';

export interface TemporaryQueues extends AsyncDisposable {
  readonly client: SQSClient;
  readonly prefix: string;
  readonly queues: Queues;
}

/** Far over what a stage allows: the shell buries first, and the policy is what lets SQS move letters back. */
const RECEIVES_MOST = 1_000;

/** The stages' queues and their dead-letter queues under a prefix of their own; disposing deletes them. */
export const temporaryQueues = async (): Promise<TemporaryQueues> => {
  await using stack = new AsyncDisposableStack();
  const client = stack.adopt(sqsClient(), (open) => open.destroy());
  const prefix = `test-${randomUUID()}-`;
  for (const stage of STAGE_NAMES) {
    const letters = await create(client, deadLetterName(prefix, stage), stack);
    const jobs = await create(client, queueName(prefix, stage), stack);
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: letters, AttributeNames: ['QueueArn'] }),
    );
    const policy = { deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: RECEIVES_MOST };
    await client.send(
      new SetQueueAttributesCommand({ QueueUrl: jobs, Attributes: { RedrivePolicy: JSON.stringify(policy) } }),
    );
  }
  const queues = await openQueues(client, prefix);
  const owned = stack.move();
  return { client, prefix, queues, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const create = async (client: SQSClient, QueueName: string, stack: AsyncDisposableStack): Promise<string> => {
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName }));
  stack.defer(() => remove(client, QueueUrl));
  return QueueUrl;
};

/** A test may have done it. */
const remove = async (client: SQSClient, QueueUrl: string): Promise<void> => {
  try {
    await client.send(new DeleteQueueCommand({ QueueUrl }));
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
  }
};
