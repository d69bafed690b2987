import assert from 'node:assert/strict';
import { chunkIdOf } from '../../../../common/runtime/chunk-id.ts';
import { aRef } from '../../../support/documents.ts';

const documentId = '0f0e0d0c-0b0a-4908-8706-050403020100';
const ref = aRef({ documentId });

describe('chunkIdOf', () => {
  it('is always the same for a chunk, today and in a year', () => {
    assert.equal(chunkIdOf(ref, 0), 'd16a24af-0ecc-545f-b6cb-9058d26e85bb');
    assert.equal(chunkIdOf({ ...ref }, 0), chunkIdOf(ref, 0));
  });

  it('does not depend on whose document it is', () => {
    assert.equal(chunkIdOf({ ...ref, userId: 'bob' }, 3), chunkIdOf(ref, 3));
  });

  it('differs from chunk to chunk, generation to generation, document to document', () => {
    const ids = new Set<string>();
    for (const document of [ref, aRef(), aRef()]) {
      for (let generation = 1; generation <= 12; generation += 1) {
        for (let chunk = 0; chunk <= 120; chunk += 1) ids.add(chunkIdOf({ ...document, generation }, chunk));
      }
    }
    assert.equal(ids.size, 3 * 12 * 121);
  });
});
