import assert from 'node:assert/strict';
import { numbersOf, type Vector } from '../../common/domain/vector.ts';
import type { Embedder } from '../../common/ports/embedder.ts';

const never = new AbortController().signal;
const ada = { group: 'ada', signal: never };

const cosine = (one: Vector, other: Vector): number => {
  const b = numbersOf(other);
  return numbersOf(one).reduce((sum, x, i) => sum + x * (b[i] as number), 0);
};
const assertSame = (a: Vector | undefined, b: Vector | undefined): void => {
  assert.ok(a && b && cosine(a, b) > 0.9999, 'the vectors differ');
};
const assertUnit = (vector: Vector, dimension: number): void => {
  assert.equal(numbersOf(vector).length, dimension);
  assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-5, 'not of length 1');
};

const sentences = (count: number, about: string): string[] =>
  Array.from({ length: count }, (_, n) => `Sentence ${n} of what there is to say about ${about}.`);

/** What every Embedder promises; `open` gives one of its own to each test. */
export const embedderContract = (adapter: string, open: () => Promise<Embedder & AsyncDisposable>) =>
  describe(`Embedder: ${adapter}`, () => {
    it('gives vectors of length 1 and of its dimension', async () => {
      await using embedder = await open();
      for (const vector of await embedder.embed(['Bread is baked.', 'x'], ada)) assertUnit(vector, embedder.dimension);
      assertUnit(await embedder.embedQuery('How is bread baked?'), embedder.dimension);
    });

    it('keeps the order of the texts', async () => {
      await using embedder = await open();
      const texts = ['A short one.', `A long one. ${'And on it goes. '.repeat(60)}`, 'Another short one.'];
      const together = await embedder.embed(texts, ada);
      for (const [place, text] of texts.entries()) assertSame(together[place], (await embedder.embed([text], ada))[0]);
    });

    it('finds the text that a question asks for', async () => {
      await using embedder = await open();
      const [bread, cells] = await embedder.embed(
        ['Bread is baked in an oven for an hour.', 'Mitochondria are the power plants of a cell.'],
        ada,
      );
      const question = await embedder.embedQuery('How long must a loaf stay in the oven?');
      assert.ok(bread && cells && cosine(question, bread) > cosine(question, cells) + 0.2);
    });

    it('answers no texts with no vectors', async () => {
      await using embedder = await open();
      assert.deepEqual(await embedder.embed([], ada), []);
    });

    it('takes a text of nothing, or of spaces', async () => {
      await using embedder = await open();
      for (const vector of await embedder.embed(['', ' \n\t '], ada)) assertUnit(vector, embedder.dimension);
    });

    it('takes a very long text, with words or without', async () => {
      await using embedder = await open();
      for (const vector of await embedder.embed(['a'.repeat(200_000), 'long story '.repeat(100_000)], ada)) {
        assertUnit(vector, embedder.dimension);
      }
    });

    it('takes any characters, whole or broken', async () => {
      await using embedder = await open();
      for (const vector of await embedder.embed(
        ['漢字 ภาษาไทย 👩‍👩‍👧 عربى', '\u0000\uD800\uFFFE', '[CLS] [PAD] [SEP]'],
        ada,
      )) {
        assertUnit(vector, embedder.dimension);
      }
    });

    it('gives each of many callers their own vectors', async () => {
      await using embedder = await open();
      const topics = Array.from({ length: 20 }, (_, n) => sentences(5, `topic ${n}`));
      const answers = await Promise.all(
        topics.map((texts, n) => embedder.embed(texts, { ...ada, group: `user ${n}` })),
      );
      const alone = await embedder.embed(topics.flat(), ada);
      for (const [place, vector] of answers.flat().entries()) assertSame(vector, alone[place]);
    });

    it('lets a question pass before the texts that wait', async () => {
      await using embedder = await open();
      const finished: string[] = [];
      const texts = embedder.embed(sentences(200, 'bread'), ada).then(() => finished.push('texts'));
      const query = embedder.embedQuery('How is bread baked?').then(() => finished.push('query'));
      await Promise.all([texts, query]);
      assert.deepEqual(finished, ['query', 'texts']);
    });

    it('lets groups take turns, so that a few texts pass between many', async () => {
      await using embedder = await open();
      const finished: string[] = [];
      const many = embedder.embed(sentences(300, 'bread'), { ...ada, group: 'ada' }).then(() => finished.push('many'));
      const few = embedder.embed(sentences(5, 'cells'), { ...ada, group: 'bob' }).then(() => finished.push('few'));
      await Promise.all([many, few]);
      assert.deepEqual(finished, ['few', 'many']);
    });

    it('gives up the texts of an aborted signal, and serves the others', async () => {
      await using embedder = await open();
      const leaseLost = new AbortController();
      const lost = embedder.embed(sentences(300, 'bread'), { ...ada, signal: leaseLost.signal });
      const kept = embedder.embed(['Bread is baked.'], ada);
      leaseLost.abort(new Error('the lease is lost'));
      await assert.rejects(lost, /the lease is lost/);
      assert.equal((await kept).length, 1);
      await assert.rejects(embedder.embed(['late'], { ...ada, signal: leaseLost.signal }), /the lease is lost/);
    });
  });
