import type { SQSClient } from '@aws-sdk/client-sqs';
import type { JobQueue } from '../../../ports/job-queue.ts';
import { countsOf, totalOf } from './counts.ts';
import { runConsumer } from './job-consumer.ts';
import { sendEntryOf } from './message-form.ts';
import type { Queues } from './queues.ts';
import { senders } from './sender.ts';

export interface SqsSettings {
  readonly client: SQSClient;
  readonly queues: Queues;
  /** Age of a queue's oldest message, by the queue's name; undefined where nobody knows. SQS itself does not tell. */
  readonly oldestSeconds: (queueName: string) => Promise<number | undefined>;
  /** Of every stage; absent: what each queue was made with. */
  readonly visibilitySeconds?: number;
  /** How long a poll of an empty queue lasts, and so at most the stopping of an idle consumer. From 1 to 20. */
  readonly waitSeconds?: number;
}

/** Long enough to cost little when idle, short enough to stop soon: see poller.ts. */
const WAIT_SECONDS = 5;
/** No message is older than the longest retention of SQS. */
const RETENTION_SECONDS = 14 * 24 * 3_600;

/** Standard queues; groups take turns by SQS's fair queues. Counts are what SQS guesses. */
export const sqsJobQueue = (settings: SqsSettings): JobQueue => {
  const { client, queues, oldestSeconds, visibilitySeconds, waitSeconds = WAIT_SECONDS } = settings;
  const senderTo = senders(client);
  return {
    async send(messages) {
      const entries = messages.map((message) => ({ url: queues[message.stage].url, entry: sendEntryOf(message) }));
      const sent = await Promise.allSettled(entries.map(({ url, entry }) => senderTo(url)(entry)));
      for (const result of sent) if (result.status === 'rejected') throw result.reason;
    },
    consume: (stage, { slots, stopping }, work) =>
      runConsumer({
        client,
        url: queues[stage].url,
        stage,
        slots,
        stopping,
        visibilitySeconds: visibilitySeconds ?? queues[stage].visibilitySeconds,
        waitSeconds,
        bury: senderTo(queues[stage].deadLetters.url),
        work,
      }),
    async depth(stage) {
      const counts = await countsOf(client, queues[stage].url);
      if (totalOf(counts) === 0) return { ...counts, oldestSeconds: 0 };
      return { ...counts, oldestSeconds: (await oldestSeconds(queues[stage].name)) ?? RETENTION_SECONDS };
    },
  };
};
