import assert from 'node:assert/strict';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../../common/adapters/aws/clients.ts';
import { dynamoDocumentDirectory } from '../../../../common/adapters/aws/dynamodb/document-directory.ts';
import { dynamoDocumentStore } from '../../../../common/adapters/aws/dynamodb/document-store.ts';
import { dynamoUserStore } from '../../../../common/adapters/aws/dynamodb/user-store.ts';
import { codeOf } from '../../../../common/domain/errors.ts';
import { dynamoFront, THROTTLED } from '../../../support/aws/dynamo-front.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';
import { aDocument, aRef } from '../../../support/documents.ts';

describe('DynamoDB at fault', () => {
  it('throws throttled where the service goes on throttling', async () => {
    await using front = await dynamoFront(() => THROTTLED);
    const place = { ...front, table: 't' };
    const asked = await Promise.allSettled([
      dynamoDocumentStore(place).get(aRef()),
      dynamoDocumentStore(place).change(aRef(), { status: 'ready' }),
      dynamoDocumentDirectory(place).list({ userId: 'ada', limit: 1 }),
      dynamoUserStore(place).get('ada'),
    ]);
    const codes = asked.map((fate) => fate.status === 'rejected' && codeOf(fate.reason));
    assert.deepEqual(codes, ['throttled', 'throttled', 'throttled', 'throttled']);
  });

  it('passes over a throttle now and then', async () => {
    await using place = await temporaryTable('documents');
    await using front = await dynamoFront((_operation, count) => (count % 2 === 1 ? THROTTLED : 'pass'));
    const documents = dynamoDocumentStore({ ...front, table: place.table });
    const document = aDocument();
    await documents.create(document);
    assert.deepEqual(await documents.get(document), document);
  });

  it('throws unavailable where nothing answers', async () => {
    const endpoint = 'http://127.0.0.1:1';
    const client = new DynamoDBClient({ ...clientSettings(), endpoint });
    await assert.rejects(dynamoDocumentStore({ client, table: 't' }).get(aRef()), { code: 'unavailable' });
    client.destroy();
  });

  it('throws too_large for a record that is over what an item holds, and keeps the old one', async () => {
    await using place = await temporaryTable('documents');
    const documents = dynamoDocumentStore(place);
    const document = aDocument();
    const tooLarge = { code: 'too_large' };
    const preview = 'x'.repeat(450_000);
    await assert.rejects(documents.create({ ...document, searchableContent: { preview, keywords: [] } }), tooLarge);
    await documents.create(document);
    await assert.rejects(documents.change(document, { searchableContent: { preview } }), tooLarge);
    assert.deepEqual(await documents.get(document), document);
  });

  it('knows its own write again when the answer was lost and the client sent it twice', async () => {
    await using place = await temporaryTable('documents');
    await using front = await dynamoFront((_operation, count) => (count % 2 === 1 ? 'lose' : 'pass'));
    const documents = dynamoDocumentStore({ ...front, table: place.table });
    const document = aDocument();
    await documents.create(document);
    const changed = await documents.change(document, { generation: 2, status: 'ready' });
    assert.equal(changed.generation, 2);
    assert.deepEqual(await dynamoDocumentStore(place).get(document), changed);
  });
});
