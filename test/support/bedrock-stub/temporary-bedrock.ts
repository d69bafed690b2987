import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { bedrockClient } from '../../../common/adapters/aws/bedrock/client.ts';
import type { StubSettings } from './settings.ts';
import { type BedrockStub, startBedrockStub } from './stub.ts';

/** A client of Bedrock Runtime on this machine. */
export const clientOf = (url: string): BedrockRuntimeClient =>
  bedrockClient({ endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });

/** A stub in this process, and the program's own client of it. */
export const temporaryBedrock = async (
  settings: Partial<StubSettings> = {},
): Promise<AsyncDisposable & { stub: BedrockStub; client: BedrockRuntimeClient }> => {
  const stub = await startBedrockStub(settings);
  const client = clientOf(stub.url);
  return {
    stub,
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await stub[Symbol.asyncDispose]();
    },
  };
};
