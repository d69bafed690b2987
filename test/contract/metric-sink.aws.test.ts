import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CloudWatchClient, GetMetricStatisticsCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { clientSettings } from '../../common/adapters/aws/clients.ts';
import { cloudWatchMetricSink } from '../../common/adapters/aws/cloudwatch/metric-sink.ts';
import type { Measurement } from '../../common/ports/metric-sink.ts';

const AT = '2026-01-31T12:00:00.000Z';

/** A namespace of its own. */
const opened = () => {
  const client = new CloudWatchClient(clientSettings());
  const namespace = randomUUID();
  const names = async () => {
    const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: namespace }));
    return Metrics.map(({ MetricName }) => MetricName);
  };
  const sink = cloudWatchMetricSink({ client, namespace });
  return { client, namespace, names, sink, [Symbol.dispose]: () => client.destroy() };
};

describe('cloudWatchMetricSink', () => {
  it('keeps a value with its unit and its time', async () => {
    using cloud = opened();
    await cloud.sink.put([{ name: 'TotalDocuments', value: 42.5, unit: 'Count' }], AT);
    const { Datapoints = [] } = await cloud.client.send(
      new GetMetricStatisticsCommand({
        Namespace: cloud.namespace,
        MetricName: 'TotalDocuments',
        StartTime: new Date('2026-01-31T11:59:00Z'),
        EndTime: new Date('2026-01-31T12:01:00Z'),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    assert.deepEqual(
      Datapoints.map(({ Sum, Unit, Timestamp }) => ({ Sum, Unit, at: Timestamp?.toISOString() })),
      [{ Sum: 42.5, Unit: 'Count', at: AT }],
    );
  });

  it('takes every unit, and no measurements at all', async () => {
    using cloud = opened();
    const units = ['Count', 'Seconds', 'Milliseconds', 'Bytes', 'Percent'] as const;
    await cloud.sink.put(
      units.map((unit) => ({ name: unit, value: 1, unit })),
      AT,
    );
    await cloud.sink.put([], AT);
    assert.deepEqual((await cloud.names()).sort(), [...units].sort());
  });

  it('takes more than one call does', async () => {
    using cloud = opened();
    const many = Array.from(
      { length: 1_001 },
      (_, n): Measurement => ({ name: `Metric${n}`, value: n, unit: 'Count' }),
    );
    const calls: number[] = [];
    cloud.client.middlewareStack.add(
      (next) => (args) => {
        calls.push((args.input as { MetricData?: unknown[] }).MetricData?.length ?? 0);
        return next(args);
      },
      { step: 'initialize', name: 'counting' },
    );
    await cloud.sink.put(many, AT);
    assert.deepEqual(calls, [1_000, 1]);
  });

  it('says that the service is away', async () => {
    const client = new CloudWatchClient({ ...clientSettings(), endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
    const sink = cloudWatchMetricSink({ client, namespace: 'nowhere' });
    await assert.rejects(sink.put([{ name: 'x', value: 1, unit: 'Count' }], AT), { code: 'unavailable' });
    client.destroy();
  });
});
