import assert from 'node:assert/strict';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { dynamoDocumentDirectory } from '../../../../common/adapters/aws/dynamodb/document-directory.ts';
import { itemOf } from '../../../../common/adapters/aws/dynamodb/document-item.ts';
import { dynamoDocumentStore } from '../../../../common/adapters/aws/dynamodb/document-store.ts';
import { dynamoTable, type Place } from '../../../../common/adapters/aws/dynamodb/table.ts';
import { pagesOf } from '../../../contract/document-directory.parts.ts';
import { temporaryTable } from '../../../support/aws/temporary-tables.ts';
import { aDocument } from '../../../support/documents.ts';

const LATER = '2027-01-01T00:00:00.000Z';

/** How many items an index has under a hash key. */
const countIn = async (place: Place, index: string, [attribute, value]: readonly [string, unknown]) => {
  const key = { key: '#hash = :hash', names: { '#hash': attribute }, values: { ':hash': value } };
  return (await dynamoTable(place).query({ index, ...key, limit: 10 })).items.length;
};

/** The operations that a client sends from now on. */
const sentBy = ({ client }: Place): string[] => {
  const sent: string[] = [];
  const count = (commandName = '') => void sent.push(commandName);
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        count(commandName);
        return next(args);
      },
    { step: 'initialize', name: 'counted' },
  );
  return sent;
};

/** Documents of ada's, 25 to a call. */
const putMany = async ({ client, table }: Place, count: number): Promise<void> => {
  for (let made = 0; made < count; made += 25) {
    const puts = Array.from({ length: 25 }, () => ({ PutRequest: { Item: marshall(itemOf(aDocument())) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
  }
};

describe('the documents table', () => {
  it('keeps status and file type in shards, as they change', async () => {
    await using place = await temporaryTable('documents');
    const documents = dynamoDocumentStore(place);
    const document = aDocument();
    await documents.create(document);
    const { userId, documentId } = document;
    const shards = async () => {
      const item = await dynamoTable(place).get({ userId, documentId });
      return [item?.['statusShard'], item?.['fileTypeShard']].join(' ');
    };
    const [, shard] = /^processing#([0-7]) text\/plain#\1$/.exec(await shards()) ?? [];
    assert.ok(shard !== undefined);
    await documents.change(document, { status: 'ready', fileType: 'text/html' });
    assert.equal(await shards(), `ready#${shard} text/html#${shard}`);
  });

  it('has a tombstone in no index but the one by id, and keeps its upload date', async () => {
    await using place = await temporaryTable('documents');
    const documents = dynamoDocumentStore(place);
    const document = aDocument();
    const { statusShard, fileTypeShard, ownFileName, ownStatus } = itemOf(document);
    await documents.create(document);
    const counts = () =>
      Promise.all([
        countIn(place, 'UserUploadDateIndex', ['userId', document.userId]),
        countIn(place, 'StatusIndex', ['statusShard', statusShard]),
        countIn(place, 'FileTypeIndex', ['fileTypeShard', fileTypeShard]),
        countIn(place, 'UserFileNameIndex', ['ownFileName', ownFileName]),
        countIn(place, 'UserStatusIndex', ['ownStatus', ownStatus]),
        countIn(place, 'DocumentIdIndex', ['documentId', document.documentId]),
      ]);
    assert.deepEqual(await counts(), [1, 1, 1, 1, 1, 1]);
    const tombstone = await documents.change(document, { deletedAt: LATER });
    assert.deepEqual(await counts(), [0, 0, 0, 0, 0, 1]);
    assert.equal(tombstone.uploadDate, document.uploadDate);
    assert.deepEqual(await documents.get(document), tombstone);
  });

  it('shows the record as it is now where an index is behind', async () => {
    await using place = await temporaryTable('documents');
    const documents = dynamoDocumentStore(place);
    const directory = dynamoDocumentDirectory(place);
    const document = aDocument();
    // as an index shows for a moment what has just been deleted
    await dynamoTable(place).put({ ...itemOf(document), deletedAt: LATER });
    const kept = aDocument({ uploadDate: '2026-01-01T00:00:00.000Z' });
    await documents.create(kept);
    assert.deepEqual(await directory.list({ userId: 'ada', limit: 1 }), { items: [kept] });
    assert.deepEqual(await directory.inStatus('processing', LATER), { items: [kept] });
  });

  it('finds a name with two calls, however many documents there are', async () => {
    await using place = await temporaryTable('documents');
    const sent = sentBy(place);
    const documents = dynamoDocumentStore(place);
    const directory = dynamoDocumentDirectory(place);
    for (let n = 0; n < 150; n += 1) await documents.create(aDocument({ fileName: `${n}.txt` }));
    for (const fileName of ['7.txt', 'none.txt']) await directory.list({ userId: 'ada', limit: 100, fileName });
    assert.deepEqual(sent.slice(150), ['QueryCommand', 'BatchGetItemCommand', 'QueryCommand']);
  });

  it('ends a page after 4,000 documents that a filter turns down, and goes on after them', async () => {
    await using place = await temporaryTable('documents');
    const directory = dynamoDocumentDirectory(place);
    const rare = aDocument({ uploadDate: '2026-01-01T00:00:00.000Z', metadata: { tags: ['rare'] } });
    await dynamoDocumentStore(place).create(rare);
    await putMany(place, 5_000);
    const pages = await pagesOf((cursor) => directory.list({ userId: 'ada', limit: 10, tag: 'rare', cursor }));
    assert.deepEqual(pages, [[], [rare]]);
  });
});
