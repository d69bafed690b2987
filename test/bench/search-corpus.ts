import type { IndexedChunk } from '../../common/domain/chunk.ts';

/** Repeatable numbers from 0 to 1, 1 excluded. Source of the constants: Numerical Recipes, "quick and dirty". */
export const numbersFrom = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

type Next = () => number;

export const DIMENSION = 384;

/** Of length 1, in any direction. */
export const unitVector = (next: Next): Float32Array => {
  const vector = Float32Array.from({ length: DIMENSION }, () => next() + next() + next() - 1.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const COMMON_WORDS = `the of and to in a is that for it as with be on by this are or from an at not which can use file
  when if all you was has value will one data have but set error its each other than type user name more must also may
  no call only any then time list test key new system into first code same after default get function number string
  read server object two line add version change does see run your option return request process option page work
  write so out example need make index order where state end case between within without access create message`.split(
  /\s+/,
);
const SYLLABLES = 'ra ne ti lo mu sta ver con pli dra gen tor mis ul ben qua ser ock ing fe'.split(' ');
const VOCABULARY = 60_000;

const wordOf = (rank: number): string => {
  const common = COMMON_WORDS[rank];
  if (common !== undefined) return common;
  let [word, rest] = ['', rank];
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) word += SYLLABLES[rest % SYLLABLES.length];
  return word;
};

/** The r-th commonest word comes 1/r as often as the first: Zipf's law. */
const anyWord = (next: Next): string => wordOf(Math.floor(VOCABULARY ** next()) - 1);
const anyWords = (next: Next, count: number): string => Array.from({ length: count }, () => anyWord(next)).join(' ');

const OPENINGS = ['how do i', 'what is the', 'where can you', 'why does the', 'when should a', 'which'];

/** A question of 5 to 12 words. */
export const questionOf = (next: Next): string =>
  `${OPENINGS[Math.floor(next() * OPENINGS.length)]} ${anyWords(next, 3 + Math.floor(next() * 7))}?`;

const WORDS_PER_CHUNK = 140;
const CHUNKS_PER_DOCUMENT = 20;

export interface CorpusSize {
  readonly users: number;
  readonly chunksPerUser: number;
}

export const userOf = (user: number): string => `user-${user}`;

/** Chunks of about 900 characters, 20 to a document, user after user. */
export function* corpusOf({ users, chunksPerUser }: CorpusSize): Generator<IndexedChunk> {
  const next = numbersFrom(1);
  for (let user = 0; user < users; user++) {
    for (let number = 0; number < chunksPerUser; number++) yield chunkOf(user, number, next);
  }
}

export const chunkOf = (user: number, number: number, next: Next): IndexedChunk => {
  const content = anyWords(next, WORDS_PER_CHUNK);
  const documentId = `document-${user}-${Math.floor(number / CHUNKS_PER_DOCUMENT)}`;
  return {
    userId: userOf(user),
    documentId,
    generation: 1,
    chunkId: `${documentId}-${number}`,
    chunkIndex: number % CHUNKS_PER_DOCUMENT,
    content,
    startPosition: 0,
    endPosition: content.length,
    metadata: { wordCount: WORDS_PER_CHUNK, charCount: content.length, section: anyWords(next, 4) },
    createdAt: '2026-01-01T00:00:00.000Z',
    fileName: `${anyWord(next)}.txt`,
    fileType: 'text/plain',
    uploadDate: '2026-01-01T00:00:00.000Z',
    tags: ['bench'],
    isPublic: false,
    vector: unitVector(next),
  };
};
