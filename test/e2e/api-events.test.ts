import assert from 'node:assert/strict';
import { AppError } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';

describe('event streams', () => {
  let api: TemporaryApi;
  let person: Person;
  let id: string;
  let fault: AppError | undefined;

  const faulty = ({ generator, progress, ...ports }: Ports): Ports => ({
    ...ports,
    progress: { ...progress, get: (ref) => (fault === undefined ? progress.get(ref) : Promise.reject(fault)) },
    generator: {
      async *answer() {
        yield { type: 'token', text: 'half' };
        throw new AppError('unavailable', 'The model went away.');
      },
    },
  });

  before(async function () {
    this.timeout(20_000);
    api = await temporaryApi({ around: faulty });
    person = await api.person();
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(async () => {
    fault = undefined;
    id = (await api.upload(person, 'a.txt', 'text')).body.documentId;
  });

  const ref = () => ({ userId: person.user.userId, documentId: id, generation: 1 });
  const open = (signal?: AbortSignal) =>
    fetch(`${api.url}/v1/documents/${id}/events`, {
      headers: { Authorization: `Bearer ${person.token}` },
      ...(signal && { signal }),
    });
  /** Reads one event more. */
  const next = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> =>
    Buffer.from((await reader.read()).value ?? []).toString();
  const readerOf = (response: Response) => {
    assert.ok(response.body);
    return response.body.getReader();
  };

  it('tell stage by stage how far a document has come, in chunks', async () => {
    const { documents, progress } = api.home.ports;
    const reader = readerOf(await open());
    const nothing = 'event: progress\ndata: {"stage":"extract","done":0,"total":null,"etaSeconds":null}\n\n';
    assert.equal(await next(reader), nothing);
    await progress.begin(ref(), { batchCount: 2, chunkCount: 100 });
    assert.match(await next(reader), /"stage":"embed","done":0,"total":100,"etaSeconds":null/);
    await progress.mark(ref(), 'embed', 0);
    assert.match(await next(reader), /"stage":"embed","done":96,"total":100,"etaSeconds":\d+/);
    await documents.change(ref(), { status: 'ready', servedGeneration: 1 });
    let text = '';
    while (!text.includes('event: ready')) text = await next(reader);
    assert.match(text, new RegExp(`event: ready\ndata: {"documentId":"${id}"}`));
    assert.equal((await reader.read()).done, true);
  });

  it('end with the reason when a document fails', async () => {
    const errorMessage = 'The PDF is encrypted; upload an unlocked copy.';
    await api.home.ports.documents.change(ref(), { status: 'error', processingStatus: { errorMessage } });
    const { events } = await api.settled(person, id);
    assert.deepEqual(events, [{ event: 'error', data: { documentId: id, message: errorMessage } }]);
  });

  it('end when the document is deleted meanwhile', async () => {
    const reader = readerOf(await open());
    await next(reader);
    await api.call('DELETE /v1/documents/{id}', { token: person.token, params: { id } });
    assert.match(await next(reader), /event: error\ndata: .*deleted/);
    assert.equal((await reader.read()).done, true);
  });

  it('are forgotten when the client leaves, which is no fault', async () => {
    const leave = new AbortController();
    await next(readerOf(await open(leave.signal)));
    const seen = api.seen('GET /v1/documents/{id}/events');
    leave.abort();
    const { status, cause } = await seen;
    assert.deepEqual([status, cause], [200, undefined]);
  });

  it('are at most 32 a person', async () => {
    const leave = new AbortController();
    const streams: Response[] = [];
    for (let n = 1; n <= 32; n += 1) streams.push(await open(leave.signal));
    const { status, body } = await api.settled(person, id);
    assert.deepEqual([status, body.code], [429, 'throttled']);
    const seen = api.seen('GET /v1/documents/{id}/events');
    await streams.pop()?.body?.cancel();
    await seen;
    assert.equal((await open(leave.signal)).status, 200);
    leave.abort();
  });

  it('are a problem document while nothing has been said, and break off afterwards', async () => {
    fault = new AppError('unavailable', 'The records are away.');
    const problem = await api.settled(person, id);
    assert.deepEqual([problem.status, problem.body.detail], [503, 'The records are away.']);
    const seen = api.seen('POST /v1/answers');
    const response = await fetch(`${api.url}/v1/answers`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${person.token}`,
        'Content-Type': 'application/json',
        Accept: 'text/event-stream',
      },
      body: JSON.stringify({ question: 'Who?' }),
    });
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
    assert.equal(((await seen).cause as Error).message, 'The model went away.');
  });

  it('end when the server closes', async () => {
    const reader = readerOf(await open());
    await next(reader);
    const closed = api.close();
    assert.equal((await reader.read()).done, true);
    await closed;
  });
});
