import assert from 'node:assert/strict';
import { AppError } from '../../../../common/domain/errors.ts';
import type { Embedder } from '../../../../common/ports/embedder.ts';
import { makeVectors } from '../../../../workers/embed/make.ts';

const textsOf = (count: number) => new Map(Array.from({ length: count }, (_, n) => [`hash ${n}`, `text ${n}`]));
const vectorOf = (text: string): string => `[${text.slice('text '.length)}]`;

/** Asks for so many texts; `embed` may fail for some. */
const asked = async (count: number, embed: Embedder['embed'], signal = new AbortController().signal) => {
  const come = new Map<string, unknown>();
  const made = makeVectors(textsOf(count), {
    embedder: { embed },
    group: 'ada',
    signal,
    onVectors: (vectors) => {
      for (const [textHash, vector] of vectors) come.set(textHash, vector);
    },
  });
  return {
    come,
    made: await made.then(
      () => undefined,
      (error: unknown) => error,
    ),
  };
};

describe('makeVectors', () => {
  it('gives each text the vector that is its own', async () => {
    const { come } = await asked(20, async (texts) => texts.map(vectorOf));
    assert.deepEqual(
      [...come],
      [...textsOf(20)].map(([textHash, text]) => [textHash, vectorOf(text)]),
    );
  });

  it('tells of what came before it throws what passes by itself', async () => {
    const away = new AppError('unavailable', 'Bedrock does not answer.');
    const { come, made } = await asked(20, async (texts) => {
      if (texts.includes('text 0')) throw away;
      return texts.map(vectorOf);
    });
    assert.equal(made, away);
    assert.equal(come.size, 16);
  });

  it('ends all at a text that is refused', async () => {
    const refused = new AppError('invalid', 'The model refuses a part of the text.');
    const { made } = await asked(20, async (texts, { signal }) => {
      if (texts.includes('text 0')) throw refused;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    assert.equal(made, refused);
  });

  it('throws the reason of an abort', async () => {
    const reason = new Error('the lease is lost');
    const { made } = await asked(1, async (texts) => texts.map(vectorOf), AbortSignal.abort(reason));
    assert.equal(made, reason);
  });
});
