import { z } from 'zod';
import { validation } from './refusal.ts';
import { countTokens } from './tokens.ts';
import type { Shape } from './vectors.ts';

/** A call of an embedding model, understood. */
export interface EmbedCall {
  readonly texts: readonly string[];
  readonly inputType: string | undefined;
  readonly tokens: number;
  readonly shape: Shape;
  /** @param vectors as JSON, one a text */
  reply(vectors: readonly string[]): string;
}

type Read = (body: unknown) => EmbedCall;

const INPUT_TYPES = ['search_document', 'search_query', 'classification', 'clustering'] as const;
const written = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => text.trim() !== '', 'expected minLength: 1, actual: 0');

const CohereV4 = z.strictObject({
  input_type: z.enum(INPUT_TYPES),
  texts: z.array(written(2_000_000)).min(1).max(96),
  embedding_types: z.array(z.literal('float')).min(1).optional(),
  output_dimension: z.literal([256, 512, 1024, 1536]).default(1536),
  max_tokens: z.int().min(1).max(128_000).default(128_000),
  truncate: z.enum(['NONE', 'LEFT', 'RIGHT']).default('NONE'),
});
const CohereV3 = z.strictObject({
  input_type: z.enum(INPUT_TYPES),
  texts: z.array(written(2_048)).min(1).max(96),
  embedding_types: z.array(z.literal('float')).min(1).optional(),
  truncate: z.enum(['NONE', 'START', 'END']).default('NONE'),
});
const TitanV1 = z.strictObject({ inputText: written(50_000) });
const TitanV2 = z.strictObject({
  inputText: written(50_000),
  dimensions: z.literal([256, 512, 1024]).default(1024),
  normalize: z.boolean().default(true),
});

const parsed = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `#/${path.join('/')}: ${message}`);
  throw validation(`Malformed input request: ${faults.join(', ')}, please reformat your input and try again.`);
};

/** What a text costs: refused or cut when it is longer than the model reads. */
const read = (text: string, most: number, isCut: boolean): number => {
  const tokens = countTokens(text);
  if (tokens > most && !isCut) throw validation('Input is too long for requested model.');
  return Math.min(tokens, most);
};

const cohere = (
  { texts, input_type, truncate, embedding_types }: z.infer<typeof CohereV3> | z.infer<typeof CohereV4>,
  { dimension, textTokens, callTokens }: { dimension: number; textTokens: number; callTokens: number },
): EmbedCall => {
  const tokens = texts.reduce((sum, text) => sum + read(text, textTokens, truncate !== 'NONE'), 0);
  if (tokens > callTokens) throw validation('Input is too long for requested model.');
  const echo = JSON.stringify(texts);
  return {
    texts,
    inputType: input_type,
    tokens,
    shape: { dimension, length: 1 },
    reply(vectors) {
      const rows = `[${vectors.join(',')}]`;
      if (embedding_types === undefined) {
        return `{"id":"stub","texts":${echo},"embeddings":${rows},"response_type":"embeddings_floats"}`;
      }
      return `{"id":"stub","texts":${echo},"embeddings":{"float":${rows}},"response_type":"embeddings_by_type"}`;
    },
  };
};

const TITAN_TOKENS = 8_192;

const titan = (inputText: string, shape: Shape, hasTypes: boolean): EmbedCall => {
  const tokens = countTokens(inputText);
  if (tokens > TITAN_TOKENS) {
    throw validation(
      `400 Bad Request: Too many input tokens. Max input tokens: ${TITAN_TOKENS}, request input token count: ${tokens}`,
    );
  }
  return {
    texts: [inputText],
    inputType: undefined,
    tokens,
    shape,
    reply: ([vector]) =>
      hasTypes
        ? `{"embedding":${vector},"embeddingsByType":{"float":${vector}},"inputTextTokenCount":${tokens}}`
        : `{"embedding":${vector},"inputTextTokenCount":${tokens}}`,
  };
};

const cohereV3: Read = (body) =>
  cohere(parsed(CohereV3, body), { dimension: 1024, textTokens: 512, callTokens: 96 * 512 });

/** By the base model's id. The lengths are what the models promise, or for Titan v1 do not. */
const MODELS: Readonly<Record<string, Read>> = {
  'cohere.embed-v4:0': (body) => {
    const call = parsed(CohereV4, body);
    return cohere(call, { dimension: call.output_dimension, textTokens: call.max_tokens, callTokens: 128_000 });
  },
  'cohere.embed-english-v3': cohereV3,
  'cohere.embed-multilingual-v3': cohereV3,
  'amazon.titan-embed-text-v1': (body) =>
    titan(parsed(TitanV1, body).inputText, { dimension: 1536, length: 21.5 }, false),
  'amazon.titan-embed-text-v2:0': (body) => {
    const { inputText, dimensions, normalize } = parsed(TitanV2, body);
    return titan(inputText, { dimension: dimensions, length: normalize ? 1 : 3.7 }, true);
  },
};

/** @param model base model's id. Throws a Refusal. */
export const readEmbedCall = (model: string, body: unknown): EmbedCall => {
  const read = MODELS[model];
  if (read === undefined) throw validation('The provided model identifier is invalid.');
  return read(body);
};
