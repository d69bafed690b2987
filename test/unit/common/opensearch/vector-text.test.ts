import assert from 'node:assert/strict';
import { countedVectorText, vectorText } from '../../../../common/adapters/aws/opensearch/vector-text.ts';
import { codeOf } from '../../../../common/domain/errors.ts';

const THREE = { model: 'a model', dimension: 3 };
const isInvalid = (error: unknown): boolean => codeOf(error) === 'invalid';

describe('vectorText', () => {
  it('leaves a text as the model spelt it', () => {
    for (const text of ['[0.1,-2.5e-7,3]', '[1E+2, 0, -0.0]']) assert.equal(countedVectorText(text, THREE), text);
  });

  it('writes numbers as JSON', () => {
    assert.equal(vectorText(Float32Array.of(0.5, -1, 2), THREE), '[0.5,-1,2]');
  });

  for (const [what, vector] of [
    ['no brackets', '1,2,3'],
    ['nothing', ''],
    ['an open list', '[1,2,3'],
    ['the end of a line', '[1,2,\n3]'],
    ['another field', '[1,2,3],"isPublic":true,"x":[1]'],
    ['an object', '[1,2,{}]'],
    ['numbers of another dimension', Float32Array.of(1, 2)],
    ['an infinite number', Float32Array.of(1, 2, Number.POSITIVE_INFINITY)],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => vectorText(vector, THREE), isInvalid);
    });
  }

  for (const text of ['[1,2]', '[1,2,3,4]', '[]']) {
    it(`refuses ${text} where it counts three`, () => {
      assert.throws(() => countedVectorText(text, THREE), isInvalid);
    });
  }
});
