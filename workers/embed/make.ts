import { codeOf, PASSING } from '../../common/domain/errors.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Embedder } from '../../common/ports/embedder.ts';

/** Texts that the embedder is asked for together: so closely is known what has come of a batch. */
const PORTION = 4;

interface Asking {
  readonly embedder: Pick<Embedder, 'embed'>;
  readonly group: string;
  readonly signal: AbortSignal;
  /** Some vectors have come: textHash -> vector. */
  readonly onVectors: (vectors: ReadonlyMap<string, Vector>) => void;
}

/**
 * Has texts embedded, and tells of the vectors as they come. What stands in the way of some and passes by itself lets
 * the others come first; any other failure ends them all. Throws what the embedder throws.
 * @param texts textHash -> text
 */
export const makeVectors = async (texts: ReadonlyMap<string, string>, asking: Asking): Promise<void> => {
  const { embedder, group, signal, onVectors } = asking;
  const refused = new AbortController();
  const options = { group, signal: AbortSignal.any([signal, refused.signal]) };
  const ask = async (portion: Portion): Promise<void> => {
    try {
      const vectors = await embedder.embed([...portion.values()], options);
      onVectors(new Map([...portion.keys()].map((textHash, n) => [textHash, vectors[n] as Vector])));
    } catch (error) {
      if (!PASSING.has(codeOf(error))) refused.abort(error);
      throw error;
    }
  };
  const asked = await Promise.allSettled(portionsOf(texts).map(ask));
  signal.throwIfAborted();
  refused.signal.throwIfAborted();
  const failed = asked.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};

type Portion = ReadonlyMap<string, string>;

const portionsOf = (texts: Portion): Portion[] => {
  const all = [...texts];
  const count = Math.ceil(all.length / PORTION);
  return Array.from({ length: count }, (_, n) => new Map(all.slice(n * PORTION, (n + 1) * PORTION)));
};
