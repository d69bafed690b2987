import assert from 'node:assert/strict';
import type { FileOutcome } from '../../../../../api/cli/add/outcome.ts';
import { NOT_BEGUN, type Stages } from '../../../../../api/cli/add/stages.ts';
import { watchDocuments } from '../../../../../api/cli/add/watch.ts';
import { aPublicDocument } from '../support/documents.ts';
import { type Shelf, shelf } from '../support/shelf.ts';

/** A watch over documents of a shelf. */
const watching = (client: Shelf) => {
  const stopping = new AbortController();
  const outcomes: FileOutcome[] = [];
  let stages = NOT_BEGUN;
  const onStages = (sum: Stages): void => {
    stages = sum;
  };
  const onSettled = (outcome: FileOutcome) => void outcomes.push(outcome);
  const watch = watchDocuments({ client, signal: stopping.signal, onSettled, onStages, onWait: () => {} });
  const put = async (fileName: string): Promise<string> => {
    const document = aPublicDocument({ fileName, status: 'processing' });
    client.documents.set(document.documentId, document);
    await watch.add({ fileName, documentId: document.documentId, outcome: 'added' });
    return document.documentId;
  };
  return { watch, put, outcomes, stages: () => stages, stop: () => stopping.abort() };
};

describe('watching documents', () => {
  it('tells each that is ready, has failed, or is gone', async () => {
    const client = shelf();
    const { watch, put, outcomes } = watching(client);
    const [ready, failed, gone] = [await put('ready.md'), await put('failed.md'), await put('gone.md')];
    client.set(ready, { status: 'ready' });
    client.set(failed, { status: 'error', steps: { errorMessage: 'The PDF is encrypted.' } });
    client.documents.delete(gone);
    watch.close();
    await watch.run();
    assert.deepEqual(outcomes, [
      { fileName: 'ready.md', outcome: 'added', documentId: ready, status: 'ready' },
      { fileName: 'failed.md', outcome: 'failed', documentId: failed, reason: 'The PDF is encrypted.' },
      { fileName: 'gone.md', outcome: 'failed', documentId: gone, reason: 'it was deleted meanwhile' },
    ]);
  });

  it('asks for lists while documents are under way, and for a document once', async () => {
    const client = shelf();
    const { watch, put, outcomes } = watching(client);
    const ids: string[] = [];
    for (let n = 0; n < 50; n += 1) ids.push(await put(`${n}.md`));
    const { list } = client;
    let polls = 0;
    client.list = async (query) => {
      if (query?.status === 'processing') polls += 1;
      if (polls === 2) for (const id of ids) client.set(id, { status: 'ready' });
      return list({ ...query, limit: 100 });
    };
    watch.close();
    await watch.run();
    assert.equal(outcomes.length, 50);
    assert.equal(client.called.filter((call) => call === 'document').length, 50);
  });

  it('follows a few by their events, chunk by chunk, and looks as soon as they end', async () => {
    const client = shelf();
    const { watch, put, stages, outcomes } = watching(client);
    const id = await put('big.txt');
    client.events = async function* () {
      yield { event: 'progress', data: { stage: 'embed', done: 1, total: 4 } };
      assert.deepEqual(stages(), { extracted: 1, embedded: 0.25, indexed: 0 });
      client.set(id, { status: 'ready' });
      yield { event: 'ready', data: {} };
    };
    watch.close();
    await watch.run();
    assert.equal(outcomes[0]?.status, 'ready');
  });

  it('stops when it is told to, and says what is left', async () => {
    const { watch, put, stop } = watching(shelf());
    const documentId = await put('a.md');
    const running = watch.run();
    stop();
    await assert.rejects(running, { name: 'AbortError' });
    assert.deepEqual(
      watch.left().map((file) => file.documentId),
      [documentId],
    );
  });

  it('ends at once when there is nothing to wait for', async () => {
    const { watch } = watching(shelf());
    const running = watch.run();
    watch.close();
    await running;
  });
});
