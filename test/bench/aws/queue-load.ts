import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { sqsJobQueue } from '../../../common/adapters/aws/sqs/sqs-job-queue.ts';
import type { TemporaryQueues } from '../../support/aws/temporary-queues.ts';
import type { Spent, Task } from './queue-process.ts';

const CHUNK = 500;

/** Sends as many embed jobs as one asks for. */
export const fill = async ({ client, queues }: TemporaryQueues, count: number): Promise<void> => {
  const queue = sqsJobQueue({ client, queues, oldestSeconds: async () => undefined });
  for (let sent = 0; sent < count; sent += CHUNK) {
    const jobs = Array.from({ length: Math.min(CHUNK, count - sent) }, (_, n) => ({
      stage: 'embed' as const,
      group: `user-${n % 13}`,
      body: { userId: `user-${n % 13}`, documentId: randomUUID(), generation: 1, batch: sent + n },
    }));
    await queue.send(jobs);
  }
};

/** Sends a message that takes 5 s. */
export const sendSlow = async ({ client, queues }: TemporaryQueues): Promise<void> => {
  const queue = sqsJobQueue({ client, queues, oldestSeconds: async () => undefined });
  await queue.send([{ stage: 'embed', group: 'user-0', body: { slow: true } }]);
};

/** Runs one variant in a process of its own. */
export const run = async (task: Task): Promise<Spent> => {
  const child = fork(new URL('./queue-process.ts', import.meta.url), [JSON.stringify(task)]);
  const ended = once(child, 'exit');
  const [spent] = await Promise.race([
    once(child, 'message') as Promise<[Spent]>,
    ended.then(([code]) => Promise.reject(new Error(`The consuming process has ended with ${code}.`))),
  ]);
  await ended;
  return spent;
};
