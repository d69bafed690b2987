import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BaseEmbedding } from '@llamaindex/core/embeddings';
import type { OpenWay } from '../fleet/way.ts';
import { clientOf, embedTexts, TEXTS_A_CALL } from './bedrock.ts';

/** LlamaIndex.TS has no embeddings of Bedrock: its base class with a bare SDK call; calls of 96 where its default is 10. */
class CohereOnBedrock extends BaseEmbedding {
  override embedBatchSize = TEXTS_A_CALL;
  override getTextEmbeddings: (texts: string[]) => Promise<number[][]>;

  constructor(client: BedrockRuntimeClient, model: string) {
    super();
    this.getTextEmbeddings = (texts) => embedTexts(client, model, texts);
  }

  override async getTextEmbedding(text: string): Promise<number[]> {
    const [vector = []] = await this.getTextEmbeddings([text]);
    return vector;
  }
}

/** LlamaIndex.TS at its defaults: the calls of a document one after the other; retries are the SDK's. */
export const open: OpenWay = async ({ bedrock, model }) => {
  const client = clientOf(bedrock);
  const embedding = new CohereOnBedrock(client, model);
  return {
    embed: ({ texts }) => embedding.getTextEmbeddingsBatch([...texts]),
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
};
