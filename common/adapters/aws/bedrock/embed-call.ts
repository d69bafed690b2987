import {
  type BedrockRuntimeClient,
  InvokeModelCommand,
  type InvokeModelCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { codeOf } from '../../../domain/errors.ts';
import type { Vector } from '../../../domain/vector.ts';
import { bedrockErrorOf } from './bedrock-errors.ts';
import type { EmbeddingModel, Purpose } from './embedding-models.ts';
import { vectorsIn } from './reply.ts';

export interface Embedded {
  readonly vectors: Vector[];
  /** As Bedrock counted them; undefined where it does not say. */
  readonly tokens: number | undefined;
}

/** One call, for who watches. */
export interface CallSeen {
  readonly texts: number;
  /** As Bedrock counted them; undefined where it does not say, and for what failed. */
  readonly tokens: number | undefined;
  readonly ms: number;
  readonly isThrottled: boolean;
}

export interface CallOptions {
  readonly client: BedrockRuntimeClient;
  /** As Bedrock knows it: perhaps an inference profile. */
  readonly modelId: string;
  readonly model: EmbeddingModel;
  readonly dimension: number;
  readonly onCall: (seen: CallSeen) => void;
}

export type EmbedCall = (texts: readonly string[], purpose: Purpose) => Promise<Embedded>;

/** Makes calls of one model. Each throws as the port says, or Bedrock's own refusal. */
export const embedCaller = ({ client, modelId, model, dimension, onCall }: CallOptions): EmbedCall => {
  keepTokenCounts(client);

  const invoke = async (texts: readonly string[], purpose: Purpose): Promise<Embedded> => {
    const body = JSON.stringify(model.body(texts, { purpose, dimension }));
    const command = new InvokeModelCommand({ modelId, body, contentType: JSON_TYPE, accept: JSON_TYPE });
    const output: Counted = await client.send(command); // no options: the client would forget what it has prepared
    const vectors = vectorsIn(output.body, model, { count: texts.length, dimension });
    return { vectors, tokens: output.inputTokens };
  };

  return async (texts, purpose) => {
    const started = performance.now();
    const seen = (tokens: number | undefined, isThrottled: boolean) =>
      onCall({ texts: texts.length, tokens, ms: performance.now() - started, isThrottled });
    try {
      const embedded = await invoke(texts, purpose);
      seen(embedded.tokens, false);
      return embedded;
    } catch (cause) {
      const error = bedrockErrorOf(cause, modelId);
      seen(undefined, codeOf(error) === 'throttled');
      throw error;
    }
  };
};

const JSON_TYPE = 'application/json';
const TOKEN_COUNT = 'x-amzn-bedrock-input-token-count';

type Counted = InvokeModelCommandOutput & { inputTokens?: number };

/** The body of Cohere's replies says nothing of tokens; a header does. */
const keepTokenCounts = (client: BedrockRuntimeClient): void =>
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const count = headers?.[TOKEN_COUNT];
      return count === undefined ? result : { ...result, output: { ...result.output, inputTokens: Number(count) } };
    },
    { step: 'initialize', name: 'keepTokenCounts', override: true },
  );
