import { type BedrockEmbedderOptions, bedrockEmbedder } from '../../../../common/adapters/aws/bedrock/embedder.ts';
import type { Pacer, Settled, Turn } from '../../../../common/adapters/aws/bedrock/pacer.ts';
import type { StubSettings } from '../../../support/bedrock-stub/settings.ts';
import { temporaryBedrock } from '../../../support/bedrock-stub/temporary-bedrock.ts';

export const COHERE = 'cohere.embed-v4:0';
const never = new AbortController().signal;
export const ada = { group: 'ada', signal: never };
export const bob = { group: 'bob', signal: never };
export const texts = (count: number, about = 'bread') => Array.from({ length: count }, (_, n) => `${about} ${n}`);

/** An embedder of a stub of its own, which a call may change as soon as it is seen. */
export const opened = async (options: Partial<BedrockEmbedderOptions> = {}, settings: Partial<StubSettings> = {}) => {
  await using stack = new AsyncDisposableStack();
  const { stub, client } = stack.use(await temporaryBedrock(settings));
  const embedder = stack.use(bedrockEmbedder({ client, model: COHERE, ...options }));
  const owned = stack.move();
  return {
    stub,
    embedder,
    counted: () => stub.counters()[embedder.model],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Lets calls go when the test opens it. */
export const gate = () => {
  const opening = Promise.withResolvers<void>();
  const reserved = Promise.withResolvers<number>();
  const settled: Settled[] = [];
  const turn = (tokens: number): Turn => ({ tokens, settle: (call) => void settled.push(call), failed() {} });
  const pacer: Pacer = {
    room: () => Number.POSITIVE_INFINITY,
    async reserve(demand, signal) {
      reserved.resolve(demand().call);
      await Promise.race([
        opening.promise,
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ]);
      return turn(demand().call);
    },
    debit: async (tokens) => turn(tokens),
  };
  return { pacer, open: opening.resolve, reserved: reserved.promise, settled };
};
