import assert from 'node:assert/strict';
import { type Action, actionOf, sendBulk } from '../../../../common/adapters/aws/opensearch/bulk.ts';
import type { Ask, Question } from '../../../../common/adapters/aws/opensearch/connection.ts';
import { codeOf } from '../../../../common/domain/errors.ts';

type Answer = (id: string, round: number) => { status: number; error?: object };

/** A server that answers each item as it is told to, and keeps what it was sent. */
const serverThat = (answer: Answer) => {
  const requests: string[][] = [];
  const ask = async ({ body }: Question) => {
    const heads = String(body)
      .split('\n')
      .filter((line) => line.startsWith('{"delete"'));
    const ids = heads.map((line) => (JSON.parse(line) as { delete: { _id: string } }).delete._id);
    requests.push(ids);
    return { items: ids.map((_id) => ({ delete: { _id, ...answer(_id, requests.length) } })) };
  };
  const pauses: number[] = [];
  const pause = async (tries: number) => pauses.push(tries);
  return { requests, pauses, server: { ask: ask as Ask, alias: 'chunks', requireAlias: true, pause } };
};

const deletions = (...ids: string[]): Action[] => ids.map((_id) => actionOf({ delete: { _id } }));

describe('sendBulk', () => {
  it('sends again only what the server had no room for, after a pause, and answers in order', async () => {
    const busy: Answer = (id, round) => ({
      status: id === 'b' && round < 3 ? 429 : id === 'd' && round < 2 ? 503 : 200,
    });
    const { server, requests, pauses } = serverThat(busy);
    const done = await sendBulk(server, deletions('a', 'b', 'c', 'd'));
    assert.deepEqual(
      done.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual(requests, [['a', 'b', 'c', 'd'], ['b', 'd'], ['b']]);
    assert.deepEqual(pauses, [1, 2]);
  });

  for (const [status, code] of [
    [429, 'throttled'],
    [503, 'unavailable'],
    [409, 'throttled'],
  ] as const) {
    it(`gives up after six tries of ${status}: ${code}`, async () => {
      const { server, requests } = serverThat(() => ({ status, error: { type: 'some_exception' } }));
      await assert.rejects(sendBulk(server, deletions('a')), (error) => codeOf(error) === code);
      assert.equal(requests.length, 6);
    });
  }

  it('does not repeat what the server will never take, and keeps its words to itself', async () => {
    const fault = { type: 'mapper_parsing_exception', reason: "Preview of field's value: 'secret'" };
    const { server, requests } = serverThat(() => ({ status: 400, error: fault }));
    await assert.rejects(sendBulk(server, deletions('a')), (error: Error) => {
      assert.equal(codeOf(error), 'invalid');
      assert.doesNotMatch(`${error.message} ${error.cause}`, /secret/);
      return true;
    });
    assert.equal(requests.length, 1);
  });

  it('says what was not there to be deleted', async () => {
    const { server } = serverThat((id) => ({ status: id === 'gone' ? 404 : 200 }));
    assert.deepEqual(await sendBulk(server, deletions('gone', 'here')), [
      { id: 'gone', found: false },
      { id: 'here', found: true },
    ]);
  });

  it('waits for an operator where the index is gone', async () => {
    const { server } = serverThat(() => ({ status: 404, error: { type: 'index_not_found_exception' } }));
    await assert.rejects(sendBulk(server, deletions('a')), (error) => codeOf(error) === 'unavailable');
  });

  it('keeps each request under 8 MB', async () => {
    const { server, requests } = serverThat(() => ({ status: 200 }));
    const actions = deletions('a', 'b', 'c', 'd', 'e').map((action) => ({ ...action, bytes: 3_000_000 }));
    await sendBulk(server, actions);
    assert.deepEqual(requests, [['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('asks for nothing where there is nothing to do', async () => {
    const { server, requests } = serverThat(() => ({ status: 200 }));
    assert.deepEqual(await sendBulk(server, []), []);
    assert.equal(requests.length, 0);
  });
});
