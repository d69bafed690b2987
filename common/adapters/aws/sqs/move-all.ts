import { setTimeout as sleep } from 'node:timers/promises';
import { ListMessageMoveTasksCommand, type SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { sqsErrorOf } from './sqs-errors.ts';

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 250;

/**
 * Has SQS move all of a dead-letter queue to a queue, and waits for up to ten seconds; a long move goes on afterwards.
 * Where a move is under way already, that one is waited for. SQS moves only from a queue that is named as dead-letter
 * queue in the redrive policy of another.
 */
export const moveAll = async (client: SQSClient, { from, to }: { from: string; to: string }): Promise<void> => {
  try {
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: from, DestinationArn: to }));
  } catch (error) {
    if (!(await isMoving(client, from))) throw sqsErrorOf(error);
  }
  const end = performance.now() + WAIT_MS;
  while (performance.now() < end && (await isMoving(client, from))) await sleep(LOOK_EVERY_MS);
};

const isMoving = async (client: SQSClient, from: string): Promise<boolean> => {
  try {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn: from }));
    return Results.some(({ Status }) => Status === 'RUNNING');
  } catch (error) {
    throw sqsErrorOf(error);
  }
};
