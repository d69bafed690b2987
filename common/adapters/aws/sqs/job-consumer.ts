import type { Message as ReceivedMessage, SQSClient } from '@aws-sdk/client-sqs';
import { startHeartbeat } from './heartbeat.ts';
import { type JobHands, workJob } from './held-job.ts';
import { leaseClock } from './lease-clock.ts';
import { poll } from './poller.ts';
import { receiptsOf } from './receipts.ts';
import { slotsOf } from './slots.ts';

export interface JobConsumer extends Pick<JobHands, 'stage' | 'bury' | 'work'> {
  readonly client: SQSClient;
  readonly url: string;
  readonly slots: number;
  readonly stopping: AbortSignal;
  readonly visibilitySeconds: number;
  readonly waitSeconds: number;
}

const now = () => performance.now();
/** What comes so soon after stopping was taken before it, and is worked: giving it back would be a redelivery. */
const UNDER_WAY_MS = 500;

/** Receives jobs into free slots until `stopping`; waits for those under way. Throws what no waiting mends. */
export const runConsumer = async (consumer: JobConsumer): Promise<void> => {
  const { client, url, stopping, visibilitySeconds } = consumer;
  const clock = leaseClock(visibilitySeconds * 1_000, now);
  const receipts = receiptsOf(client, url);
  const slots = slotsOf(consumer.slots, stopping);
  using heartbeat = startHeartbeat({ clock, receipts, visibilitySeconds, now });
  const hands = { ...consumer, clock, receipts, heartbeat };
  let takesUntil = Number.POSITIVE_INFINITY;
  const stop = () => {
    takesUntil = now() + UNDER_WAY_MS;
  };
  stopping.addEventListener('abort', stop, { once: true });
  const take = (messages: readonly ReceivedMessage[]) => {
    const isLate = now() > takesUntil;
    for (const message of messages) {
      const giveBack = () => receipts.hide(message.ReceiptHandle ?? '', 0);
      slots.fill(isLate ? giveBack : () => workJob(message, hands));
    }
  };
  try {
    await poll({ ...consumer, slots, take });
  } finally {
    await slots.idle();
    stopping.removeEventListener('abort', stop);
  }
};
