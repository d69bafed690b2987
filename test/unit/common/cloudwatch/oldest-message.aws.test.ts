import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { clientSettings } from '../../../../common/adapters/aws/clients.ts';
import { oldestMessage } from '../../../../common/adapters/aws/cloudwatch/oldest-message.ts';

const NOON = Date.parse('2026-01-02T12:00:00Z');

/** A server of CloudWatch, whose clock the test sets. */
const opened = () => {
  const client = new CloudWatchClient(clientSettings());
  const clock = { now: NOON };
  const queueName = `test-${randomUUID()}`;
  const put = (seconds: number, at: number) => {
    const Dimensions = [{ Name: 'QueueName', Value: queueName }];
    const datum = { MetricName: 'ApproximateAgeOfOldestMessage', Dimensions, Value: seconds, Timestamp: new Date(at) };
    return client.send(new PutMetricDataCommand({ Namespace: 'AWS/SQS', MetricData: [datum] }));
  };
  const oldest = oldestMessage(client, () => clock.now);
  return { clock, put, oldestSeconds: () => oldest(queueName), [Symbol.dispose]: () => client.destroy() };
};

describe('the oldest message, by CloudWatch', () => {
  it('is as old as was said last, and the time since then', async () => {
    using server = opened();
    await server.put(500, NOON - 240_000);
    await server.put(42, NOON - 60_000);
    assert.equal(await server.oldestSeconds(), 102);
  });

  it('is not known where nothing was said for five minutes', async () => {
    using server = opened();
    await server.put(42, NOON - 400_000);
    assert.equal(await server.oldestSeconds(), undefined);
  });

  it('is asked for once in 30 s, and ages meanwhile', async () => {
    using server = opened();
    await server.put(0, NOON - 60_000);
    assert.equal(await server.oldestSeconds(), 60);
    await server.put(7, NOON - 10_000);
    server.clock.now += 20_000;
    assert.equal(await server.oldestSeconds(), 80);
    server.clock.now += 20_000;
    const later = (await server.oldestSeconds()) ?? 0;
    assert.ok(later >= 57 && later < 57 + 60, `${later} s`); // CloudWatch tells times by the minute
  });
});
