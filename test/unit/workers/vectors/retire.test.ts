import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { DocumentRef } from '../../../../common/domain/document.ts';
import { embeddingsKey } from '../../../../common/domain/keys.ts';
import type { Ports } from '../../../../common/ports/ports.ts';
import { writeVectors } from '../../../../workers/batch.ts';
import { embeddingsOf } from '../../../../workers/index/embeddings.ts';
import { retirePointers } from '../../../../workers/vectors/retire.ts';
import { aRef } from '../../../support/documents.ts';
import { temporaryStores } from '../../../support/stores.ts';

type Needs = Pick<Ports, 'blobs' | 'pointers'>;

const BATCH = 96;
const { signal } = new AbortController();
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A generation that has these texts, and pointers to them; served, or still in its work folder. */
const generationOf = async ({ blobs, pointers }: Needs, ref: DocumentRef, texts: readonly string[], served = true) => {
  const batchCount = Math.ceil(texts.length / BATCH);
  for (let batch = 0; batch < batchCount; batch += 1) {
    const textHashes = texts.slice(batch * BATCH, (batch + 1) * BATCH).map(hashOf);
    const vectors = textHashes.map(() => '[1,0]');
    await writeVectors(blobs, { ref, batch, model: 'a model', dimension: 2, textHashes, vectors });
    const put = textHashes.map((textHash, n) => ({ ...ref, textHash, chunkIndex: batch * BATCH + n }));
    await pointers.put(ref.userId, put);
  }
  const plan = { batchCount, chunkCount: texts.length };
  if (served) await blobs.put(embeddingsKey(ref), embeddingsOf({ blobs, ref, plan, signal }));
};

const foundFor = async ({ pointers }: Needs, text: string) => (await pointers.find('ada', [hashOf(text)]))[0];

describe('retirePointers', () => {
  it('removes all that lead to a generation, however many, served or not', async () => {
    await using stores = await temporaryStores();
    const texts = Array.from({ length: 250 }, (_, n) => `text ${n}`);
    for (const served of [true, false]) {
      const ref = aRef();
      await generationOf(stores, ref, texts, served);
      await retirePointers(stores, ref);
      for (const text of ['text 0', 'text 95', 'text 96', 'text 249']) {
        assert.equal(await foundFor(stores, text), undefined, `${text}, served: ${served}`);
      }
    }
  });

  it('leaves those that lead to another document, or to another generation', async () => {
    await using stores = await temporaryStores();
    const ref = aRef();
    await generationOf(stores, ref, ['a', 'b']);
    await generationOf(stores, { ...ref, generation: 2 }, ['a']);
    await generationOf(stores, aRef(), ['b']);
    await retirePointers(stores, ref);
    assert.equal((await foundFor(stores, 'a'))?.generation, 2);
    assert.notEqual((await foundFor(stores, 'b'))?.documentId, ref.documentId);
  });

  it('lets a successor take over what it has too, wherever that stands now', async () => {
    await using stores = await temporaryStores();
    const [ref, next] = [aRef(), { ...aRef(), generation: 2 }];
    await generationOf(stores, next, ['new', 'a']);
    await generationOf(stores, ref, ['a', 'b']);
    await retirePointers(stores, ref, next);
    const moved = { documentId: next.documentId, generation: 2, textHash: hashOf('a'), chunkIndex: 1 };
    assert.deepEqual(await foundFor(stores, 'a'), moved);
    assert.equal(await foundFor(stores, 'b'), undefined);
  });

  it('does nothing where nothing is, again and again', async () => {
    await using stores = await temporaryStores();
    await retirePointers(stores, aRef());
    await retirePointers(stores, aRef(), aRef());
  });
});
