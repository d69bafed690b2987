import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deadLetterName, queueName } from '../../../common/adapters/aws/sqs/queues.ts';
import { STAGE_NAMES, type StageName } from '../../../common/domain/stage-name.ts';
import pipeline from '../../../common/pipeline.json' with { type: 'json' };

const FOURTEEN_DAYS_SECONDS = '1209600';
/** Over the stage's attempts: the shell buries first, with its reason; SQS what nobody lives to bury. */
const RECEIVES_SPARE = 3;

export interface QueueSettings {
  /** Of all queue names: 'test-1234-'. */
  readonly prefix: string;
  /** Of all queues; absent: as pipeline.json says. */
  readonly visibilitySeconds?: number | undefined;
}

/** The stages' queues, each with its dead-letter queue. Returns the URLs of the former. */
export const makeQueues = async (sqs: SQSClient, settings: QueueSettings): Promise<Record<StageName, string>> => {
  const made = STAGE_NAMES.map(async (stage) => [stage, await makeQueue(sqs, stage, settings)] as const);
  return Object.fromEntries(await Promise.all(made)) as Record<StageName, string>;
};

const makeQueue = async (sqs: SQSClient, stage: StageName, { prefix, visibilitySeconds }: QueueSettings) => {
  const Attributes = { MessageRetentionPeriod: FOURTEEN_DAYS_SECONDS };
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: deadLetterName(prefix, stage), Attributes }));
  const asked = new GetQueueAttributesCommand({ QueueUrl: dead.QueueUrl, AttributeNames: ['QueueArn'] });
  const deadLetterTargetArn = (await sqs.send(asked)).Attributes?.QueueArn;
  const maxReceiveCount = pipeline[stage].attempts + RECEIVES_SPARE;
  const queue = new CreateQueueCommand({
    QueueName: queueName(prefix, stage),
    Attributes: {
      ...Attributes,
      VisibilityTimeout: String(visibilitySeconds ?? pipeline[stage].visibilitySeconds),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
    },
  });
  return (await sqs.send(queue)).QueueUrl ?? '';
};
