import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { LRUCache } from 'lru-cache';
import { awsErrorOf } from '../aws-errors.ts';

/** The age that was the greatest at a time, both in ms. */
interface Datum {
  readonly at: number;
  readonly age: number;
}

const WINDOW_MS = 5 * 60_000;
const PERIOD_SECONDS = 60;
const FRESH_MS = 30_000;
const QUEUES_MOST = 100;

/**
 * How old a queue's oldest message may be, in seconds: what CloudWatch said last, within five minutes, and the time since
 * then, which makes it an upper bound. Undefined where CloudWatch has said nothing. What it says is kept for 30 s.
 * The function that it returns throws `throttled` or `unavailable`.
 * @param now ms since 1970
 */
export const oldestMessage = (
  client: CloudWatchClient,
  now: () => number = Date.now,
): ((queueName: string) => Promise<number | undefined>) => {
  const known = new LRUCache<string, { readonly datum: Datum | undefined }>({
    max: QUEUES_MOST,
    ttl: FRESH_MS,
    ttlResolution: 0,
    perf: { now },
    fetchMethod: async (queueName) => ({ datum: await lastDatum(client, queueName, now()) }),
  });
  return async (queueName) => {
    const datum = (await known.fetch(queueName))?.datum;
    return datum === undefined ? undefined : Math.max(0, datum.age + now() - datum.at) / 1_000;
  };
};

const lastDatum = async (client: CloudWatchClient, queueName: string, at: number): Promise<Datum | undefined> => {
  const asked = new GetMetricDataCommand({
    StartTime: new Date(at - WINDOW_MS),
    EndTime: new Date(at),
    ScanBy: 'TimestampDescending',
    MetricDataQueries: [{ Id: 'age', MetricStat: ageOf(queueName) }],
  });
  try {
    const { MetricDataResults: [result] = [] } = await client.send(asked);
    const [time] = result?.Timestamps ?? [];
    const [seconds] = result?.Values ?? [];
    return time === undefined || seconds === undefined ? undefined : { at: time.getTime(), age: seconds * 1_000 };
  } catch (error) {
    throw awsErrorOf(error, 'CloudWatch');
  }
};

const ageOf = (queueName: string) => ({
  Metric: {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Dimensions: [{ Name: 'QueueName', Value: queueName }],
  },
  Period: PERIOD_SECONDS,
  Stat: 'Maximum',
});
