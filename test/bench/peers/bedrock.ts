import {
  BedrockRuntimeClient,
  type BedrockRuntimeClientConfig,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What Cohere takes in one call. */
export const TEXTS_A_CALL = 96;

/** What the stub needs of a client, which speaks HTTP/2 by itself; all else stays the SDK's default. */
export const placeOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  requestHandler: new NodeHttpHandler(),
});

export const clientOf = (endpoint: string, settings: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({ ...placeOf(endpoint), ...settings });

/** A bare SDK call of Cohere, as AWS documents it. */
export const embedTexts = async (
  client: BedrockRuntimeClient,
  modelId: string,
  texts: readonly string[],
): Promise<number[][]> => {
  const body = JSON.stringify({ texts, input_type: 'search_document', embedding_types: ['float'] });
  const reply = await client.send(
    new InvokeModelCommand({ modelId, body, contentType: 'application/json', accept: 'application/json' }),
  );
  return JSON.parse(new TextDecoder().decode(reply.body)).embeddings.float;
};

export const inCalls = (texts: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(texts.length / TEXTS_A_CALL) }, (_, n) =>
    texts.slice(n * TEXTS_A_CALL, (n + 1) * TEXTS_A_CALL),
  );
