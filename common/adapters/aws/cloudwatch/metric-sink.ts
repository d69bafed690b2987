import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Measurement, MetricSink } from '../../../ports/metric-sink.ts';
import { awsErrorOf } from '../aws-errors.ts';

/** PutMetricData takes no more, and 1 MB: these have 150 bytes each. */
const METRICS_PER_CALL = 1_000;

export interface CloudWatchSettings {
  readonly client: CloudWatchClient;
  readonly namespace: string;
}

/** Metrics without dimensions; a call that is repeated counts twice in sums, and not in averages, minima or maxima. */
export const cloudWatchMetricSink = ({ client, namespace }: CloudWatchSettings): MetricSink => ({
  async put(measurements, at) {
    const Timestamp = new Date(at);
    try {
      for (let from = 0; from < measurements.length; from += METRICS_PER_CALL) {
        const batch = measurements.slice(from, from + METRICS_PER_CALL);
        const MetricData = batch.map((measurement) => ({ ...datumOf(measurement), Timestamp }));
        await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
      }
    } catch (error) {
      throw awsErrorOf(error, 'CloudWatch');
    }
  },
});

const datumOf = ({ name, value, unit }: Measurement) => ({ MetricName: name, Value: value, Unit: unit });
