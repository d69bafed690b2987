/** Raise with each change of the mapping, or of how texts become terms. */
export const SCHEMA_VERSION = 1;

/** Which library searches vectors; `managed` leaves it to the server. */
export type Engine = 'faiss' | 'lucene' | 'managed';

export interface IndexKind {
  readonly model: string;
  readonly dimension: number;
  readonly engine: Engine;
  /** Absent: the server's affair, as in a Serverless collection. */
  readonly shards?: number | undefined;
}

/** What an index says of itself. */
export interface Made {
  readonly model?: unknown;
  readonly dimension?: unknown;
  readonly schema?: unknown;
}

/** Whether an index was made by this version of the program, for this model. */
export const isOfKind = (made: Made | undefined, { model, dimension }: IndexKind): boolean =>
  made?.model === model && made.dimension === dimension && made.schema === SCHEMA_VERSION;

const KEYWORD = { type: 'keyword' };
const INTEGER = { type: 'integer' };
const DATE = { type: 'date', format: 'strict_date_optional_time' };
const BUILD = { ef_construction: 128, m: 24 };
const EF_SEARCH = 100;

/**
 * How chunks are kept. `content` is the specification's field; the keyword ranking reads `words`, which holds the terms
 * of content, file name and headings as `termsOf` cuts them: one analysis for every home, and no plugin that a server
 * might not have. Vectors stay in _source, for a partial update builds a chunk anew from there.
 */
export const indexBody = ({ model, dimension, engine, shards }: IndexKind) => ({
  settings: {
    index: {
      knn: true,
      'knn.algo_param.ef_search': EF_SEARCH,
      ...(shards !== undefined && { number_of_shards: shards }),
    },
    analysis: { analyzer: { terms: { type: 'custom', tokenizer: 'whitespace', filter: ['porter_stem'] } } },
  },
  mappings: {
    _meta: { model, dimension, schema: SCHEMA_VERSION },
    dynamic: 'strict',
    properties: {
      chunkId: KEYWORD,
      documentId: KEYWORD,
      userId: KEYWORD,
      generation: INTEGER,
      chunkIndex: INTEGER,
      content: { type: 'text', analyzer: 'standard' },
      words: { type: 'text', analyzer: 'terms', index_options: 'freqs' },
      startPosition: INTEGER,
      endPosition: INTEGER,
      metadata: {
        properties: {
          fileName: KEYWORD,
          fileType: KEYWORD,
          pageNumber: INTEGER,
          section: { type: 'text' },
          wordCount: INTEGER,
          tags: KEYWORD,
        },
      },
      uploadDate: DATE,
      isPublic: { type: 'boolean' },
      embedding: {
        type: 'knn_vector',
        dimension,
        method: {
          name: 'hnsw',
          space_type: 'cosinesimil',
          ...(engine !== 'managed' && { engine }),
          parameters: BUILD,
        },
      },
      createdAt: DATE,
      writtenAt: { type: 'long' }, // ms since 1970; tells copies of a chunk apart
    },
  },
});
