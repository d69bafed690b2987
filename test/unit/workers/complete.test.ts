import assert from 'node:assert/strict';
import type { Embedder } from '../../../common/ports/embedder.ts';
import { complete } from '../../../workers/index/complete.ts';
import { aDocument } from '../../support/documents.ts';
import { temporaryStores } from '../../support/stores.ts';

const refuse = () => assert.fail('an embedding call');
const embedder: Embedder = { model: 'a model', dimension: 2, embed: refuse, embedQuery: refuse };
const { signal } = new AbortController();

/** A document of 100 chunks in two batches, none of which the index shows yet. */
const unseen = async () => {
  const stores = await temporaryStores();
  const document = aDocument();
  await stores.documents.create(document);
  await stores.progress.begin(document, { batchCount: 2, chunkCount: 100 });
  const { userId, documentId, generation } = document;
  return { ports: { ...stores, embedder }, stores, ref: { userId, documentId, generation } };
};

describe('the completion', () => {
  it('comes again later, and holds no worker, while the index does not show every chunk', async () => {
    const { ports, stores, ref } = await unseen();
    await using _ = stores;
    const messages = await complete(ref, ports, signal);
    const body = { kind: 'complete', ...ref, attempt: 2 };
    assert.deepEqual(messages, [{ stage: 'index', group: ref.userId, body, delaySeconds: 1 }]);
    assert.equal((await stores.documents.get(ref)).status, 'processing');
  });

  it('sends the batches again of chunks that stay away for two minutes', async () => {
    const { ports, stores, ref } = await unseen();
    await using _ = stores;
    const messages = await complete({ ...ref, attempt: 24 }, ports, signal);
    assert.deepEqual(
      messages.map(({ body }) => body),
      [0, 1].map((batch) => ({ kind: 'batch', ...ref, batch })),
    );
  });

  it('is stale where another one has cleaned up already', async () => {
    const { ports, stores, ref } = await unseen();
    await using _ = stores;
    await stores.progress.remove(ref);
    await assert.rejects(complete(ref, ports, signal), { code: 'stale' });
  });
});
