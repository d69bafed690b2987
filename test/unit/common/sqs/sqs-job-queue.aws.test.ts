import assert from 'node:assert/strict';
import { DeleteQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type SqsSettings, sqsJobQueue } from '../../../../common/adapters/aws/sqs/sqs-job-queue.ts';
import type { Message } from '../../../../common/ports/job-queue.ts';
import { DONE, message, NOTHING, startWorker } from '../../../contract/job-queue.worker.ts';
import { type TemporaryQueues, temporaryQueues } from '../../../support/aws/temporary-queues.ts';
import { callsOf, countOf, failFirst, nextCall } from './calls.ts';

const queueIn = ({ client, queues }: TemporaryQueues, rest: Partial<SqsSettings> = {}) =>
  sqsJobQueue({ client, queues, oldestSeconds: async () => 0, waitSeconds: 1, ...rest });

const many = (count: number): Message[] => Array.from({ length: count }, (_, n) => message(n));

describe('the job queue of SQS', function () {
  this.timeout(20_000);

  it('sends, receives and deletes ten messages a call', async () => {
    await using temporary = await temporaryQueues();
    const queue = queueIn(temporary);
    const calls = callsOf(temporary.client);
    await Promise.all(many(25).map((one) => queue.send([one])));
    assert.equal(countOf(calls, 'SendMessageBatchCommand'), 3);
    const worker = startWorker(queue, { slots: 10, outcomeOf: () => DONE });
    await worker.held.take(25);
    await worker.stop();
    assert.ok(countOf(calls, 'ReceiveMessageCommand') <= 4);
    assert.equal(countOf(calls, 'DeleteMessageBatchCommand'), 3);
  });

  it('sends what is too large for one call in several', async () => {
    await using temporary = await temporaryQueues();
    const queue = queueIn(temporary);
    const text = 'x'.repeat(200_000);
    await queue.send(many(6).map((one) => ({ ...one, body: text })));
    assert.equal((await queue.depth('embed')).visible, 6);
  });

  it('says which message SQS does not take, and sends the others', async () => {
    await using temporary = await temporaryQueues();
    const queue = queueIn(temporary);
    await assert.rejects(queue.send([message(1), message(2, { delaySeconds: 901 })]), { code: 'invalid' });
    assert.equal((await queue.depth('embed')).visible, 1);
  });

  it('hands over what others have sent: text that is no JSON, and no group', async () => {
    await using temporary = await temporaryQueues();
    const QueueUrl = temporary.queues.embed.url;
    await temporary.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await using worker = startWorker(queueIn(temporary), { outcomeOf: () => DONE });
    const { body, group } = await worker.held.next();
    assert.deepEqual([body, group], ['hello', '']);
  });

  it('still works what was on its way when it was stopped', async () => {
    await using temporary = await temporaryQueues();
    const queue = queueIn(temporary);
    const polling = nextCall(temporary.client, 'ReceiveMessageCommand');
    const worker = startWorker(queue, { outcomeOf: () => DONE });
    await polling;
    const stopped = worker.stop();
    await queue.send([message('on its way')]);
    assert.equal((await worker.held.next()).receiveCount, 1);
    await stopped;
  });

  it('gives back at once what comes after it was stopped', async () => {
    await using temporary = await temporaryQueues();
    const queue = queueIn(temporary, { waitSeconds: 3 });
    const polling = nextCall(temporary.client, 'ReceiveMessageCommand');
    const worker = startWorker(queue, { outcomeOf: () => assert.fail() });
    await polling;
    const stopped = worker.stop();
    await queue.send([message('late', { delaySeconds: 1 })]);
    await stopped;
    await using next = startWorker(queue, { outcomeOf: () => DONE });
    const { body, receiveCount } = await next.held.next();
    assert.deepEqual([body, receiveCount], ['late', 2]);
  });

  it('never asks for more messages than there are free slots', async () => {
    await using temporary = await temporaryQueues();
    const asked: (number | undefined)[] = [];
    temporary.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName === ReceiveMessageCommand.name)
            asked.push((args.input as ReceiveMessageCommand['input']).MaxNumberOfMessages);
          return next(args);
        },
      { step: 'initialize' },
    );
    const queue = queueIn(temporary);
    await queue.send(many(14));
    await using worker = startWorker(queue, { slots: 12 });
    const held = await worker.held.take(12);
    assert.deepEqual(asked, [10, 2]);
    held[0]?.settle(DONE);
    await worker.held.next();
    assert.deepEqual(asked, [10, 2, 1]);
  });

  it('does not settle what it has lost', async () => {
    await using temporary = await temporaryQueues();
    const queue = queueIn(temporary, { visibilitySeconds: 1 });
    await queue.send([message('lost')]);
    temporary.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          commandName === 'ChangeMessageVisibilityBatchCommand' ? Promise.reject(new Error('cut off')) : next(args),
      { step: 'initialize' },
    );
    const calls = callsOf(temporary.client);
    const worker = startWorker(queue);
    const job = await worker.held.next();
    await new Promise((resolve) => job.signal.addEventListener('abort', resolve, { once: true }));
    job.settle({ fate: 'bury', code: 'unreadable', reason: 'It came too late.' });
    const again = await worker.held.next();
    assert.equal(again.receiveCount, 2);
    assert.equal(countOf(calls, 'SendMessageBatchCommand') + countOf(calls, 'DeleteMessageBatchCommand'), 0);
    again.settle(DONE);
    await worker.stop();
  });

  it('goes on receiving and deleting when SQS was away', async () => {
    await using temporary = await temporaryQueues();
    failFirst(temporary.client, 'ReceiveMessageCommand', 2);
    failFirst(temporary.client, 'DeleteMessageBatchCommand', 2);
    const queue = queueIn(temporary);
    await queue.send([message(1)]);
    const worker = startWorker(queue, { outcomeOf: () => DONE });
    assert.equal((await worker.held.next()).receiveCount, 1);
    await worker.stop();
    assert.deepEqual(await queue.depth('embed'), NOTHING);
  });

  it('stops at once while SQS is away', async () => {
    await using temporary = await temporaryQueues();
    const polling = nextCall(temporary.client, 'ReceiveMessageCommand');
    failFirst(temporary.client, 'ReceiveMessageCommand', Number.POSITIVE_INFINITY);
    const worker = startWorker(queueIn(temporary));
    await polling;
    await worker.stop();
  });

  it('ends with the error where its queue is gone', async () => {
    await using temporary = await temporaryQueues();
    await temporary.client.send(new DeleteQueueCommand({ QueueUrl: temporary.queues.embed.url }));
    const options = { slots: 1, stopping: new AbortController().signal };
    await assert.rejects(
      queueIn(temporary).consume('embed', options, async () => DONE),
      { name: 'QueueDoesNotExist' },
    );
  });

  it('never understates how old the oldest message is', async () => {
    await using temporary = await temporaryQueues();
    const told = { known: 42 as number | undefined };
    const queue = queueIn(temporary, {
      oldestSeconds: async (name) => (name === temporary.queues.embed.name ? told.known : assert.fail()),
    });
    assert.equal((await queue.depth('embed')).oldestSeconds, 0);
    await queue.send([message(1)]);
    assert.equal((await queue.depth('embed')).oldestSeconds, 42);
    told.known = undefined;
    assert.equal((await queue.depth('embed')).oldestSeconds, 14 * 24 * 3_600);
  });
});
