import type { Embedder } from '../../../ports/embedder.ts';
import type { Generator } from '../../../ports/generator.ts';

export const extractiveGenerator = (_: { embedder: Embedder }): Generator => ({
  async *answer() {
    yield { type: 'citations', citations: [] };
  },
});
