import type { Passage } from '../../../../common/domain/search.ts';
import type { Embedder } from '../../../../common/ports/embedder.ts';

/** A passage at the start of a document of its own, unless it says otherwise. */
export const aPassage = (content: string, { startPosition = 0, ...fields }: Partial<Passage> = {}): Passage => ({
  chunkId: `chunk of ${content}`,
  documentId: `document of ${content}`,
  fileName: 'notes.md',
  score: 1,
  content,
  startPosition,
  endPosition: startPosition + content.length,
  ...fields,
});

const DIMENSIONS = 512;

/** Meaning in its plainest form: texts are alike as far as they share words. */
export const wordEmbedder = (): Pick<Embedder, 'embedQuery'> => ({
  async embedQuery(text) {
    const vector = new Float32Array(DIMENSIONS);
    for (const word of text.toLowerCase().match(/\p{L}{3,}/gu) ?? []) {
      const hash = [...word].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % DIMENSIONS, 7);
      vector[hash] = (vector[hash] ?? 0) + 1;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  },
});
