import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openQueues } from '../../../common/adapters/aws/sqs/queues.ts';
import { sqsClient } from '../../../common/adapters/aws/sqs/sqs-client.ts';
import { type Handle, VARIANTS, type VariantName } from './queue-variants.ts';

/** What the process is told, as its one argument in JSON. */
export interface Task {
  readonly variant: VariantName;
  readonly prefix: string;
  /** Before the clock starts. */
  readonly warmUp: number;
  readonly measured: number;
}

export interface Spent {
  readonly cpuMs: number;
  readonly ms: number;
}

const SLOW_MS = 5_000;
const US_PER_MS = 1_000;

/** A process that consumes one queue in one way, and tells its parent what that took. */
const spend = async ({ variant, prefix, warmUp, measured }: Task): Promise<Spent> => {
  const client = sqsClient();
  const plain = new SQSClient({ useQueueUrlAsEndpoint: false });
  const queues = await openQueues(client, prefix);
  let handled = 0;
  let started = { cpu: process.cpuUsage(), at: performance.now() };
  let spent: Spent | undefined;
  const handle: Handle = async (body) => {
    if ((body as { slow?: boolean }).slow) {
      await sleep(SLOW_MS);
      return true;
    }
    handled += 1;
    if (handled === warmUp) started = { cpu: process.cpuUsage(), at: performance.now() };
    if (handled < warmUp + measured) return true;
    const { user, system } = process.cpuUsage(started.cpu);
    spent ??= { cpuMs: (user + system) / US_PER_MS, ms: performance.now() - started.at };
    return false;
  };
  await VARIANTS[variant]({ client, plain, queues }, handle);
  client.destroy();
  plain.destroy();
  return spent as Spent;
};

const spent = await spend(JSON.parse(process.argv[2] ?? ''));
process.send?.(spent);
