import type { IndexedChunk } from '../../common/domain/chunk.ts';
import type { Filters } from '../../common/domain/search.ts';
import type { Rankings, SearchIndex } from '../../common/ports/search-index.ts';

/** Where an index is kept: empty at first, and opened as often as a test likes. */
export interface IndexPlace extends AsyncDisposable {
  open(settings: { model: string; dimension: number }): Promise<SearchIndex & AsyncDisposable>;
  /** Resolves once all that has been written can be found: at once, or after the index's refresh. */
  settled(): Promise<void>;
}

export const SETTINGS = { model: 'a model', dimension: 8 };

/** Of length 1: mostly along one axis, the more so the nearer; vectors along different axes are far apart. */
export const vectorAlong = (axis: number, nearness = 1): Float32Array => {
  const vector = new Float32Array(SETTINGS.dimension);
  vector[axis] = nearness;
  vector[(axis + 1) % SETTINGS.dimension] = Math.sqrt(1 - nearness ** 2);
  return vector;
};

type Fields = Partial<IndexedChunk> & { readonly section?: string; readonly pageNumber?: number };

/** Alice's, in her document `manual`, unless it says otherwise; named after its content. */
export const chunk = (content: string, { section, pageNumber, ...fields }: Fields = {}): IndexedChunk => ({
  chunkId: `chunk of ${content}`,
  chunkIndex: 0,
  content,
  startPosition: 0,
  endPosition: content.length,
  metadata: {
    wordCount: content.split(' ').length,
    charCount: content.length,
    ...(section !== undefined && { section }),
    ...(pageNumber !== undefined && { pageNumber }),
  },
  userId: 'alice',
  documentId: 'manual',
  generation: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  fileName: 'manual.txt',
  fileType: 'text/plain',
  uploadDate: '2026-01-01T00:00:00.000Z',
  tags: [],
  isPublic: false,
  vector: vectorAlong(0),
  ...fields,
});

export interface Question {
  readonly by?: string;
  readonly shared?: readonly string[];
  readonly text?: string;
  readonly vector?: Float32Array;
  readonly filters?: Filters;
  readonly limit?: number;
  readonly without?: readonly string[];
}

/** Asks as Alice for both rankings, unless the question says otherwise. */
export const ask = (index: SearchIndex, { by = 'alice', shared = [], ...question }: Question): Promise<Rankings> =>
  index.search({ filters: {}, limit: 10, ...question, visibleTo: { userId: by, sharedDocumentIds: shared } });

/** The contents that each ranking finds, best first, for a question that all chunks of the tests answer. */
export const found = async (index: SearchIndex, question: Question) => {
  const { semantic, keyword } = await ask(index, { text: 'pump', vector: vectorAlong(0), ...question });
  return { semantic: semantic.map(({ content }) => content), keyword: keyword.map(({ content }) => content) };
};

export const both = (...contents: string[]) => ({ semantic: contents, keyword: contents });

/** The contents that words find, best first. */
export const foundByWords = async (index: SearchIndex, text: string): Promise<string[]> =>
  (await ask(index, { text })).keyword.map(({ content }) => content);
