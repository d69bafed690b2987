import assert from 'node:assert/strict';
import { originalKey } from '../../../../common/domain/keys.ts';
import { originalPlaceOf } from '../../../../common/domain/original-place.ts';

describe('the key of an original', () => {
  it('says whose document and which generation it is', () => {
    const ref = { userId: 'ada', documentId: 'd1', generation: 12 };
    assert.deepEqual(originalPlaceOf(originalKey(ref, 'pdf')), { ...ref, extension: 'pdf' });
  });

  it('has no generation on the bare path', () => {
    assert.deepEqual(originalPlaceOf('documents/ada/d1/original.pdf'), {
      userId: 'ada',
      documentId: 'd1',
      extension: 'pdf',
    });
  });

  it('is nothing else that lies beside it', () => {
    for (const key of [
      'documents/ada/d1/1/extracted-text.txt',
      'documents/ada/d1/1/chunks/chunk-001.json',
      'documents/ada/d1/0/original.pdf',
      'documents/ada/d1/1/1/original.pdf',
      'documents/ada/original.pdf',
      'documents/ada/d1/original',
      'processed/ada/d1/1/original.pdf',
      'documents/ada/d1/original.pdf/x',
    ]) {
      assert.equal(originalPlaceOf(key), undefined, key);
    }
  });
});
