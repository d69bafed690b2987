import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Depth } from '../../../ports/job-queue.ts';
import { CALL_OPTIONS } from './batch-call.ts';
import { sqsErrorOf } from './sqs-errors.ts';

export type Counts = Omit<Depth, 'oldestSeconds'>;

/** As SQS guesses them: right once nothing has moved for about a minute. */
export const countsOf = async (client: SQSClient, url: string): Promise<Counts> => {
  const asked = new GetQueueAttributesCommand({
    QueueUrl: url,
    AttributeNames: [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ],
  });
  try {
    const { Attributes = {} } = await client.send(asked, CALL_OPTIONS);
    return {
      visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  } catch (error) {
    throw sqsErrorOf(error);
  }
};

/** All of them. */
export const totalOf = ({ visible, inFlight, delayed }: Counts): number => visible + inFlight + delayed;
