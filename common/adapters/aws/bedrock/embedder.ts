import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import pLimit from 'p-limit';
import { AppError, codeOf, PASSING } from '../../../domain/errors.ts';
import type { Vector } from '../../../domain/vector.ts';
import type { Embedder } from '../../../ports/embedder.ts';
import { patience } from '../../../runtime/backoff.ts';
import { isRefusal } from './bedrock-errors.ts';
import { type CallSeen, embedCaller } from './embed-call.ts';
import { dimensionOf, embeddingModelOf } from './embedding-models.ts';
import { backoffPacer, type Pacer } from './pacer.ts';
import { openPacker } from './packer.ts';
import { estimateTokens, fitted } from './text.ts';

export interface BedrockEmbedderOptions {
  /** That tries once: throttles are ours. See `bedrockClient`. */
  readonly client: BedrockRuntimeClient;
  /** A model's id, or an inference profile's, or the ARN of either. */
  readonly model: string;
  /** Absent: the model's largest. */
  readonly dimension?: number | undefined;
  /** How long the first text of a call may wait for others to fill it. */
  readonly lingerMs?: number | undefined;
  /** Calls with texts at once. */
  readonly callsInFlight?: number | undefined;
  /** Callers get `throttled` or `unavailable` once no call has been answered for so long. */
  readonly patienceMs?: number | undefined;
  /** Decides when a call may go. */
  readonly pacer?: Pacer | undefined;
  readonly onCall?: ((seen: CallSeen) => void) | undefined;
}

const LINGER_MS = 25;
/** What calls hold together is bounded; those of few texts are many at the same rate. */
const TEXTS_IN_FLIGHT = 1_536;
const CALLS_IN_FLIGHT = 64;
const PATIENCE_MS = 30_000;
const QUERIES_IN_FLIGHT = 32;
/** Somebody waits for a query's answer: so often, which takes 1 to 2 s. */
const QUERY_TRIES = 4;

const REFUSED = 'The embedding model refuses this question; ask it in other words.';

/**
 * Embedding models of Bedrock: Cohere Embed v3 and v4, Amazon Titan v1 and v2. Texts over a model's limit are cut.
 * `model` is named without its inference profile, so that another region's does not make other vectors of the same.
 * Throws `invalid` for a model or a dimension that is not supported.
 */
export const bedrockEmbedder = (options: BedrockEmbedderOptions): Embedder & AsyncDisposable => {
  const { client, pacer = backoffPacer(), onCall = () => {} } = options;
  const model = embeddingModelOf(options.model);
  const dimension = dimensionOf(model, options.dimension);
  const call = embedCaller({ client, modelId: options.model, model, dimension, onCall });
  const packer = openPacker({
    limits: { texts: model.texts, tokens: model.callTokens },
    lingerMs: options.lingerMs ?? LINGER_MS,
    callsInFlight: options.callsInFlight ?? Math.min(CALLS_IN_FLIGHT, TEXTS_IN_FLIGHT / model.texts),
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    pacer,
    call: (texts) => call(texts, 'document'),
  });
  const inTurn = pLimit(QUERIES_IN_FLIGHT);
  const closing = new AbortController();

  const query = async (text: string, tries = 1): Promise<Vector> => {
    const sent = estimateTokens(text);
    const turn = await pacer.debit(sent, closing.signal);
    try {
      const { vectors, tokens: spent } = await call([text], 'query');
      turn.settle({ sent, spent, jobs: 0 });
      return vectors[0] as Vector;
    } catch (error) {
      if (isRefusal(error)) throw new AppError('invalid', REFUSED, { cause: error });
      const code = codeOf(error);
      if (!PASSING.has(code)) throw error;
      turn.failed(code);
      if (tries >= QUERY_TRIES || closing.signal.aborted) throw error;
    }
    await patience(tries, closing.signal);
    return query(text, tries + 1);
  };

  return {
    model: model.id,
    dimension,
    async embed(texts, { group, signal }) {
      signal.throwIfAborted();
      if (texts.length === 0) return [];
      return packer.embed(
        texts.map((text) => fitted(text, model)),
        { group, signal },
      );
    },
    embedQuery: (text) => inTurn(() => query(fitted(text, model))),
    async [Symbol.asyncDispose]() {
      closing.abort();
      packer[Symbol.dispose]();
    },
  };
};
