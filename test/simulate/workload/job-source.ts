import type { Random } from '../engine/random.ts';
import type { Job } from './workload.ts';

export interface CorpusSettings {
  readonly documents: number;
  /** Of half the documents at most. */
  readonly chunksPerDocument: number;
  /** Of half the chunks at most, by our estimate. */
  readonly tokensPerChunk: number;
  readonly users: number;
}

export interface JobSource {
  /** The next job; undefined after the last. */
  next(): Job | undefined;
  begun(): { readonly documents: number; readonly texts: number };
  isExhausted(): boolean;
}

export const CHARACTERS_PER_TOKEN = 4;
const CHUNKS_PER_JOB = 96;
const CHUNK_SPREAD = 0.3;
const DOCUMENT_SPREAD = 1;
const LONGEST = 32_000;
const PAGE = 'All work and no play makes a document that compresses well. '.repeat(1_200);

/** Of a log-normal distribution. */
export const textsPerDocument = ({ chunksPerDocument }: CorpusSettings): number =>
  chunksPerDocument * Math.exp(DOCUMENT_SPREAD ** 2 / 2);

/** Documents that are made when somebody asks for them; their texts are cut from one page and take no memory. */
export const jobSource = (settings: CorpusSettings, random: Random): JobSource => {
  let documents = 0;
  let texts = 0;
  let left = 0;
  let group = '';

  const text = (): string => {
    const tokens = random.logNormal(settings.tokensPerChunk, CHUNK_SPREAD);
    const length = Math.max(1, Math.min(LONGEST, Math.round(tokens * CHARACTERS_PER_TOKEN)));
    const start = random.below(PAGE.length - length);
    return PAGE.slice(start, start + length);
  };

  const begin = (): void => {
    documents += 1;
    group = `user-${random.below(settings.users)}`;
    left = Math.max(1, Math.round(random.logNormal(settings.chunksPerDocument, DOCUMENT_SPREAD)));
  };

  const isExhausted = (): boolean => left === 0 && documents === settings.documents;

  return {
    next() {
      if (isExhausted()) return undefined;
      if (left === 0) begin();
      const count = Math.min(CHUNKS_PER_JOB, left);
      left -= count;
      texts += count;
      return { group, texts: Array.from({ length: count }, text) };
    },
    begun: () => ({ documents, texts }),
    isExhausted,
  };
};
