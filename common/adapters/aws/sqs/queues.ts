import { GetQueueAttributesCommand, GetQueueUrlCommand, QueueDoesNotExist, type SQSClient } from '@aws-sdk/client-sqs';
import { AppError } from '../../../domain/errors.ts';
import { STAGE_NAMES, type StageName } from '../../../domain/stage-name.ts';
import pipeline from '../../../pipeline.json' with { type: 'json' };
import { sqsErrorOf } from './sqs-errors.ts';

export interface Queue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  /** The visibility timeout that the queue was made with. */
  readonly visibilitySeconds: number;
}
export interface StageQueue extends Queue {
  readonly deadLetters: Queue;
}
export type Queues = Readonly<Record<StageName, StageQueue>>;

export const queueName = (prefix: string, stage: StageName): string => `${prefix}${pipeline[stage].queue}`;
export const deadLetterName = (prefix: string, stage: StageName): string => `${queueName(prefix, stage)}-dlq`;

/**
 * Finds the stages' queues by their names. Throws `throttled` or `unavailable`, and one `invalid` that names all queues
 * that are missing.
 * @param prefix of all names: 'ai-assistant-'
 */
export const openQueues = async (client: SQSClient, prefix: string): Promise<Queues> => {
  const names = STAGE_NAMES.flatMap((stage) => [queueName(prefix, stage), deadLetterName(prefix, stage)]);
  const found = new Map(await Promise.all(names.map(async (name) => [name, await queueCalled(client, name)] as const)));
  const missing = names.filter((name) => found.get(name) === undefined);
  if (missing.length > 0) {
    throw new AppError(
      'invalid',
      `SQS has no queue ${missing.join(', ')}. Create what is missing, or set QUEUE_PREFIX.`,
    );
  }
  const queue = (name: string) => found.get(name) as Queue;
  const queuesOf = (stage: StageName): StageQueue => ({
    ...queue(queueName(prefix, stage)),
    deadLetters: queue(deadLetterName(prefix, stage)),
  });
  return { extract: queuesOf('extract'), embed: queuesOf('embed'), index: queuesOf('index') };
};

const queueCalled = async (client: SQSClient, name: string): Promise<Queue | undefined> => {
  try {
    const { QueueUrl: url = '' } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn', 'VisibilityTimeout'] });
    const { Attributes } = await client.send(asked);
    const { QueueArn: arn = '', VisibilityTimeout: seconds = '30' } = Attributes ?? {};
    return { name, url, arn, visibilitySeconds: Number(seconds) };
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw sqsErrorOf(error);
  }
};
