import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { bedrockErrorOf } from './bedrock-errors.ts';

/** The answer as it comes in. Throws `throttled`, `unavailable`, and the signal's reason. */
export type Converse = (input: ConverseCommandInput, signal: AbortSignal) => AsyncIterable<string>;

/** Streams where the model and the account's rights allow it; where not, the answer comes in one piece. */
export const converseWith = (client: BedrockRuntimeClient): Converse => {
  let canStream = true;

  async function* streamed(input: ConverseCommandInput, abortSignal: AbortSignal): AsyncGenerator<string> {
    const { stream = [] } = await client.send(new ConverseStreamCommand(input), { abortSignal });
    for await (const { contentBlockDelta } of stream) {
      abortSignal.throwIfAborted();
      const text = contentBlockDelta?.delta?.text ?? '';
      if (text !== '') yield text;
    }
  }

  const whole = async (input: ConverseCommandInput, abortSignal: AbortSignal): Promise<string> => {
    const { output } = await client.send(new ConverseCommand(input), { abortSignal });
    return (output?.message?.content ?? []).map(({ text = '' }) => text).join('');
  };

  async function* answered(input: ConverseCommandInput, signal: AbortSignal): AsyncGenerator<string> {
    if (canStream) {
      try {
        return yield* streamed(input, signal);
      } catch (error) {
        if (!isStreamRefusal(error)) throw error;
        canStream = false;
      }
    }
    yield await whole(input, signal);
  }

  return async function* (input, signal) {
    try {
      yield* answered(input, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw bedrockErrorOf(error, input.modelId ?? '');
    }
  };
};

const REFUSALS: ReadonlySet<string> = new Set(['ValidationException', 'AccessDeniedException']);

/** It comes before the first piece: the model cannot, or the role may not call InvokeModelWithResponseStream. */
const isStreamRefusal = (error: unknown): boolean =>
  error instanceof Error && REFUSALS.has(error.name) && /stream/i.test(error.message);
