import { createHash } from 'node:crypto';
import type { Embedder } from '../../common/ports/embedder.ts';

/** Names the vector of a text, in 43 characters: SHA-256, base64url, over model, dimension and text. */
export const textHashOf = ({ model, dimension }: Pick<Embedder, 'model' | 'dimension'>, text: string): string =>
  createHash('sha256').update(`${model}\n${dimension}\n${text}`).digest('base64url');
