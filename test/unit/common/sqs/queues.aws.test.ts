import assert from 'node:assert/strict';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { openQueues } from '../../../../common/adapters/aws/sqs/queues.ts';
import { temporaryQueues } from '../../../support/aws/temporary-queues.ts';

describe('the queues of SQS', () => {
  it('are found by the names in pipeline.json', async () => {
    await using temporary = await temporaryQueues();
    const { embed } = await openQueues(temporary.client, temporary.prefix);
    assert.deepEqual(
      [embed.name, embed.deadLetters.name],
      [`${temporary.prefix}embed`, `${temporary.prefix}embed-dlq`],
    );
    assert.match(embed.url, new RegExp(`/${embed.name}$`));
    assert.match(embed.deadLetters.arn, new RegExp(`^arn:aws:sqs:.*:${embed.deadLetters.name}$`));
  });

  it('are all named that are missing', async () => {
    await using temporary = await temporaryQueues();
    const { client, prefix, queues } = temporary;
    for (const { url } of [queues.embed.deadLetters, queues.index]) {
      await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    }
    await assert.rejects(openQueues(client, prefix), {
      code: 'invalid',
      message: `SQS has no queue ${prefix}embed-dlq, ${prefix}index. Create what is missing, or set QUEUE_PREFIX.`,
    });
  });
});
