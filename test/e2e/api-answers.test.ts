import assert from 'node:assert/strict';
import { type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';

const PUMP = `# Pump

The pump needs twenty minutes to cool down after a run at full load.

## Venting

To vent the pump, open the upper valve by half a turn and wait until no bubbles come.
`;
const CODE = `/** Finds a person. */
export function getUserById(id: string) {
  return people.get(id);
}
`;

interface Cited {
  readonly answer: string;
  readonly citations: { documentId: string; snippet: string; startPosition: number; endPosition: number }[];
}

describe('asking', () => {
  let api: TemporaryApi;
  let ada: Person;
  let pump: string;

  const added = async (person: Person, fileName: string, content: string): Promise<string> => {
    const { documentId } = (await api.upload(person, fileName, content)).body;
    await api.settled(person, documentId);
    return documentId;
  };
  const ask = async ({ token }: Person, json: object): Promise<Cited> => {
    const { status, body, text } = await api.call('POST /v1/answers', { token, json });
    assert.equal(status, 200, text);
    return body;
  };
  const search = async ({ token }: Person, query: string): Promise<{ documentId: string }[]> =>
    (await api.call('POST /v1/search', { token, json: { query } })).body.results;

  before(async () => {
    api = await temporaryApi({ workers: true });
    ada = await api.person();
    pump = await added(ada, 'pump.md', PUMP);
    await added(ada, 'people.ts', CODE);
  });
  after(() => api[Symbol.asyncDispose]());

  it('answers with sentences of the documents, and cites where exactly they stand', async () => {
    const { answer, citations } = await ask(ada, { question: 'How is the pump vented?' });
    assert.match(answer, /open the upper valve by half a turn.*\[1\]/s);
    const { text } = await api.call('GET /v1/documents/{id}/text', { token: ada.token, params: { id: pump } });
    for (const { documentId, snippet, startPosition, endPosition } of citations) {
      assert.equal(documentId, pump);
      assert.equal(text.slice(startPosition, endPosition), snippet);
    }
  });

  it('understands a question that leans on the one before', async () => {
    const history = [
      { role: 'user', content: 'How is the pump vented?' },
      { role: 'assistant', content: 'By the upper valve. [1]' },
    ];
    const { answer } = await ask(ada, { question: 'And how long does it take to cool down?', history });
    assert.match(answer, /twenty minutes/);
  });

  it('says so when there is nothing relevant, and cites nothing', async () => {
    const { answer, citations } = await ask(ada, { question: 'Who won the football world cup in 1974?' });
    assert.match(answer, /^Nothing relevant was found/);
    assert.deepEqual(citations, []);
  });

  it('finds getUserById by "user by id"', async () => {
    const [first] = await search(ada, 'user by id');
    assert.notEqual(first?.documentId, pump);
  });

  it("never finds another person's documents", async () => {
    const bob = await api.person();
    assert.deepEqual(await search(bob, 'pump'), []);
  });

  it('finds a deleted document no more, from the moment that the deletion is answered', async () => {
    const id = await added(ada, 'doomed.md', 'The zirconium flange is doomed.');
    assert.equal((await search(ada, 'zirconium flange'))[0]?.documentId, id);
    await api.call('DELETE /v1/documents/{id}', { token: ada.token, params: { id } });
    assert.ok((await search(ada, 'zirconium flange')).every(({ documentId }) => documentId !== id));
  });
});
