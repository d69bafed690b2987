import assert from 'node:assert/strict';
import { connectionTo, type Question } from '../../../common/adapters/aws/opensearch/connection.ts';
import { type TemporaryIndex, temporaryIndex } from '../../support/aws/temporary-index.ts';

/** One connection to the place, for a question alone. Returns its answer, or how it was refused. */
const outcomeOf = async ({ settings, name }: TemporaryIndex, { path, ...question }: Question): Promise<unknown> => {
  await using connection = connectionTo(settings);
  try {
    return await connection.ask({ ...question, path: path.replace('{name}', name) });
  } catch (error) {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
};

const NOT_THERE = 'OpenSearch answered 404 without a reason';
const NO_ID = 'OpenSearch answered 400 illegal_argument_exception';

const REFUSED: readonly (readonly [method: Question['method'], path: string, how: string])[] = [
  ['POST', '/{name}/_refresh', NOT_THERE],
  ['POST', '/{name}/_delete_by_query', NOT_THERE],
  ['POST', '/{name}/_update_by_query', NOT_THERE],
  ['POST', '/_reindex', NOT_THERE],
  ['POST', '/{name}/_search?scroll=1m', NOT_THERE],
  ['POST', '/_search/scroll', NOT_THERE],
  ['GET', '/_cluster/health', NOT_THERE],
  ['GET', '/_nodes', NOT_THERE],
  ['GET', '/{name}/_stats', NOT_THERE],
  ['GET', '/', NOT_THERE],
  ['PUT', '/{name}/_doc/one', NO_ID],
  ['POST', '/{name}/_create/one', NO_ID],
  ['POST', '/{name}/_update/one', NO_ID],
  ['POST', '/{name}/_bulk?refresh=true', 'OpenSearch answered 400 status_exception'],
];

describe('the Serverless proxy', () => {
  for (const [method, path, how] of REFUSED) {
    it(`refuses ${method} ${path}`, async () => {
      await using place = await temporaryIndex('aoss');
      const body = method === 'GET' ? {} : { body: { query: { match_all: {} } } };
      assert.equal(await outcomeOf(place, { method, path, ...body }), how);
    });
  }

  it('refuses what is not signed for a collection', async () => {
    await using place = await temporaryIndex('aoss');
    const unsigned = { ...place, settings: { ...place.settings, service: 'es' as const } };
    const outcome = await outcomeOf(unsigned, { method: 'GET', path: '/{name}/_mapping' });
    assert.equal(outcome, 'OpenSearch answered 403 Forbidden');
  });

  it('refuses ids and upserts item by item, and takes the rest of the request', async () => {
    await using place = await temporaryIndex('aoss');
    await using _index = await place.open({ model: 'a model', dimension: 2 });
    const body = [
      '{"index":{"_id":"mine"}}\n{"chunkId":"one"}\n',
      '{"index":{}}\n{"chunkId":"two"}\n',
      '{"delete":{"_id":"nobody"}}\n',
      '{"create":{"_id":"mine"}}\n{"chunkId":"three"}\n',
      '{"update":{"_id":"nobody"}}\n{"doc":{"chunkId":"four"},"doc_as_upsert":true}\n',
      '{"update":{"_id":"nobody"}}\n{"doc":{"chunkId":"five"}}\n',
    ].join('');
    const reply = await outcomeOf(place, { method: 'POST', path: '/{name}/_bulk', body });
    const { items, errors } = reply as { items: Record<string, { status: number; error?: object }>[]; errors: boolean };
    const statuses = items.flatMap((item) => Object.entries(item).map(([action, { status }]) => `${action} ${status}`));
    const expected = ['index 400', 'index 201', 'delete 404', 'create 400', 'update 400', 'update 404'];
    assert.deepEqual(statuses, expected);
    assert.equal(errors, true);
    assert.deepEqual(items[0]?.['index']?.error, {
      type: 'illegal_argument_exception',
      reason: 'Document ID is not supported in create/index operation request',
    });
  });

  it('shows late what was written', async () => {
    await using place = await temporaryIndex('aoss');
    await using _index = await place.open({ model: 'a model', dimension: 2 });
    await outcomeOf(place, { method: 'POST', path: '/{name}/_bulk', body: '{"index":{}}\n{"chunkId":"one"}\n' });
    const count = async () => (await outcomeOf(place, { method: 'GET', path: '/{name}/_count' })) as { count: number };
    assert.equal((await count()).count, 0);
    await place.settled();
    assert.equal((await count()).count, 1);
  });
});
