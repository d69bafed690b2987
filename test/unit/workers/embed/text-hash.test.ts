import assert from 'node:assert/strict';
import { textHashOf } from '../../../../workers/embed/text-hash.ts';

const MODEL = { model: 'a model', dimension: 384 };

describe('textHashOf', () => {
  it('is the same for the same text, 43 characters long', () => {
    assert.equal(textHashOf(MODEL, 'a text'), textHashOf({ ...MODEL }, 'a text'));
    assert.match(textHashOf(MODEL, ''), /^[\w-]{43}$/);
  });

  it('differs with the text, the model and the dimension', () => {
    const hashes = [
      textHashOf(MODEL, 'a text'),
      textHashOf(MODEL, 'a text '),
      textHashOf({ ...MODEL, model: 'another' }, 'a text'),
      textHashOf({ ...MODEL, dimension: 1024 }, 'a text'),
    ];
    assert.equal(new Set(hashes).size, hashes.length);
  });
});
