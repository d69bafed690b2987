import { AppError } from '../../../domain/errors.ts';

/** What a text is embedded for: models that tell them apart find better. */
export type Purpose = 'document' | 'query';

export interface EmbeddingModel {
  /** Without the region or account of an inference profile: the vectors are the same. */
  readonly id: string;
  /** Of its vectors; the first is the default. */
  readonly dimensions: readonly [number, ...number[]];
  /** Texts a call. */
  readonly texts: number;
  /**
   * What one text may hold, and all texts of a call together. Tokens are our estimate, which may be half of what the
   * model counts: so these are half of what the model takes.
   */
  readonly textCharacters: number;
  readonly textTokens: number;
  readonly callTokens: number;
  /** Whether the vectors come with length 1. */
  readonly isUnit: boolean;
  /** After which key the vectors stand in the reply. */
  readonly key: 'float' | 'embedding';
  /** Of the request. */
  body(texts: readonly string[], options: { purpose: Purpose; dimension: number }): object;
}

const INPUT_TYPE = { document: 'search_document', query: 'search_query' } as const;

const COHERE = { texts: 96, isUnit: true, key: 'float' } as const;

/** It cuts at 512 tokens by itself, yet refuses over 2,048 characters. */
const COHERE_V3 = {
  ...COHERE,
  dimensions: [1024],
  textCharacters: 2_048,
  textTokens: 2_048,
  callTokens: Number.POSITIVE_INFINITY,
  body: (texts, { purpose }) => ({
    texts,
    input_type: INPUT_TYPE[purpose],
    embedding_types: ['float'],
    truncate: 'END',
  }),
} as const satisfies Omit<EmbeddingModel, 'id'>;

const TITAN = {
  texts: 1,
  textCharacters: 16_384,
  textTokens: 4_096,
  callTokens: 4_096,
  key: 'embedding',
} as const;

const MODELS: readonly EmbeddingModel[] = [
  {
    ...COHERE,
    id: 'cohere.embed-v4:0',
    dimensions: [1536, 1024, 512, 256],
    textCharacters: 32_000,
    textTokens: 8_000,
    callTokens: 64_000,
    body: (texts, { purpose, dimension }) => ({
      texts,
      input_type: INPUT_TYPE[purpose],
      embedding_types: ['float'],
      output_dimension: dimension,
      truncate: 'RIGHT',
    }),
  },
  { ...COHERE_V3, id: 'cohere.embed-english-v3' },
  { ...COHERE_V3, id: 'cohere.embed-multilingual-v3' },
  {
    ...TITAN,
    id: 'amazon.titan-embed-text-v1',
    dimensions: [1536],
    isUnit: false,
    body: ([text]) => ({ inputText: text }),
  },
  {
    ...TITAN,
    id: 'amazon.titan-embed-text-v2:0',
    dimensions: [1024, 512, 256],
    isUnit: true,
    body: ([text], { dimension }) => ({ inputText: text, dimensions: dimension, normalize: true }),
  },
];

/**
 * The model that an id means: its own, an inference profile's ('us.cohere.embed-v4:0'), or the ARN of either.
 * Throws `invalid`.
 */
export const embeddingModelOf = (id: string): EmbeddingModel => {
  const model = MODELS.find((known) => id === known.id || id.endsWith(`.${known.id}`) || id.endsWith(`/${known.id}`));
  if (model !== undefined) return model;
  const known = MODELS.map((each) => each.id).join(', ');
  throw new AppError(
    'invalid',
    `There is no embedding model ${id} here. Set one of ${known}, or its inference profile.`,
  );
};

/** @param asked absent: the model's own. Throws `invalid`. */
export const dimensionOf = ({ id, dimensions }: EmbeddingModel, asked: number = dimensions[0]): number => {
  if (dimensions.includes(asked)) return asked;
  throw new AppError('invalid', `${id} has no vectors of ${asked} numbers. Set one of ${dimensions.join(', ')}.`);
};
