import assert from 'node:assert/strict';
import { MAX_TOKENS, openTokenizer } from '../../../../common/adapters/embedded/minilm/tokenizer.ts';
import { TOKENIZER_PATH } from '../../../../common/adapters/embedded/minilm/weights.ts';

const [CLS, SEP, UNKNOWN] = [101, 102, 100];

describe('openTokenizer', () => {
  let tokensOf: (text: string) => Int32Array;
  before(() => {
    tokensOf = openTokenizer(TOKENIZER_PATH);
  });

  it('gives the ids of the words, from [CLS] to [SEP]', () => {
    assert.deepEqual([...tokensOf('Hello, World')], [CLS, 7592, 1010, 2088, SEP]);
  });

  it('gives a text of spaces just the two marks', () => {
    assert.deepEqual([...tokensOf(' \n ')], [CLS, SEP]);
  });

  it('gives the same ids the second time', () => {
    assert.deepEqual(tokensOf('embeddings of Übergrößen'), tokensOf('embeddings of Übergrößen'));
  });

  it('neither pads nor cuts at 128', () => {
    assert.equal(tokensOf('word '.repeat(200)).length, 202);
  });

  it('cuts at 256 and ends with [SEP] all the same', () => {
    const tokens = tokensOf('word '.repeat(300));
    assert.equal(tokens.length, MAX_TOKENS);
    assert.equal(tokens.at(-1), SEP);
  });

  it('takes the name of a special token for text', () => {
    const tokens = [...tokensOf('[SEP] [CLS]')].slice(1, -1);
    assert.ok(!tokens.includes(SEP) && !tokens.includes(CLS));
  });

  it('reads a word without end in parts', () => {
    assert.ok(![...tokensOf('abc'.repeat(100))].includes(UNKNOWN));
  });

  it('does not look at what the window cannot hold', () => {
    const started = performance.now();
    tokensOf('a'.repeat(1_000_000));
    tokensOf('word, '.repeat(200_000));
    assert.ok(performance.now() - started < 1_000, 'a megabyte takes about 3 ms, and minutes if quadratic');
  });
});
