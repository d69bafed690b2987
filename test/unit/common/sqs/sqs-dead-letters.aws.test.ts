import assert from 'node:assert/strict';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqsDeadLetters } from '../../../../common/adapters/aws/sqs/sqs-dead-letters.ts';
import { sqsJobQueue } from '../../../../common/adapters/aws/sqs/sqs-job-queue.ts';
import type { Outcome } from '../../../../common/domain/outcome.ts';
import { message, startWorker } from '../../../contract/job-queue.worker.ts';
import { type TemporaryQueues, temporaryQueues } from '../../../support/aws/temporary-queues.ts';
import { callsOf, countOf } from './calls.ts';

const partsOf = ({ client, queues }: TemporaryQueues) => ({
  queue: sqsJobQueue({ client, queues, oldestSeconds: async () => 0, waitSeconds: 1 }),
  letters: sqsDeadLetters({ client, queues }),
});

const buryAs = (reason: string): Outcome => ({ fate: 'bury', code: 'unreadable', reason });

describe('the dead letters of SQS', function () {
  this.timeout(20_000);

  it('keep a reason of any characters, at most 2,000', async () => {
    await using temporary = await temporaryQueues();
    const { queue, letters } = partsOf(temporary);
    await queue.send([message(1)]);
    const worker = startWorker(queue, { outcomeOf: () => buryAs(`"grün" \u0000 😀\n${'x'.repeat(9_000)}`) });
    await worker.held.next();
    await worker.stop();
    const { items } = await letters.list('embed', 10);
    assert.equal(items[0]?.reason, `"grün" \uFFFD 😀\n${'x'.repeat(2_000 - 12)}`);
  });

  it('keep text that is no JSON as it was', async () => {
    await using temporary = await temporaryQueues();
    const { queue, letters } = partsOf(temporary);
    const { url } = temporary.queues.embed;
    await temporary.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello' }));
    const worker = startWorker(queue, { outcomeOf: () => buryAs('This is no job.') });
    await worker.held.next();
    await worker.stop();
    assert.equal((await letters.list('embed', 10)).items[0]?.body, 'hello');
    await letters.redrive('embed');
    await using again = startWorker(queue, { outcomeOf: () => ({ fate: 'done' }) });
    assert.equal((await again.held.next()).body, 'hello');
  });

  it('can be listed again and again, by several at once, and are all there', async () => {
    await using temporary = await temporaryQueues();
    const { letters } = partsOf(temporary);
    const { url } = temporary.queues.embed.deadLetters;
    for (let n = 0; n < 12; n += 1) {
      await temporary.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: String(n) }));
    }
    const lists = await Promise.all([letters.list('embed', 100), letters.list('embed', 100)]);
    const seen = lists.flatMap(({ items }) => items.map(({ body }) => body));
    assert.equal(new Set(seen).size, 12);
    assert.equal((await letters.list('embed', 100)).items.length, 12);
    assert.equal(await letters.count('embed'), 12);
  });

  it('refuse a cursor that is not theirs', async () => {
    await using temporary = await temporaryQueues();
    await assert.rejects(partsOf(temporary).letters.list('embed', 10, 'x'), { code: 'invalid' });
  });

  it('cost no receive where there are none', async () => {
    await using temporary = await temporaryQueues();
    const calls = callsOf(temporary.client);
    const { letters } = partsOf(temporary);
    assert.deepEqual([await letters.list('embed', 10), await letters.redrive('embed')], [{ items: [] }, 0]);
    assert.equal(countOf(calls, 'ReceiveMessageCommand') + countOf(calls, 'StartMessageMoveTaskCommand'), 0);
  });
});
