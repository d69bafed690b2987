import { BedrockEmbeddings } from '@langchain/aws';
import type { OpenWay } from '../fleet/way.ts';
import { embedTexts, inCalls, placeOf } from './bedrock.ts';

/**
 * LangChain's BedrockEmbeddings knows the body of Titan alone. This is the same class with that of Cohere: its client,
 * its caller (6 retries, all calls at once) and its Promise.all, with up to 96 texts in a call instead of one.
 */
class CohereOnBedrock extends BedrockEmbeddings {
  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const call = (some: readonly string[]) => this.caller.call(() => embedTexts(this.client, this.model, some));
    return (await Promise.all(inCalls(texts).map(call))).flat();
  }
}

/** LangChain.js at its defaults. Titan: its own class as it comes. */
export const open: OpenWay = async ({ bedrock, model }) => {
  const { requestHandler, endpoint, ...place } = placeOf(bedrock);
  const Embeddings = model.startsWith('cohere.') ? CohereOnBedrock : BedrockEmbeddings;
  const embeddings = new Embeddings({ ...place, model, clientOptions: { requestHandler, endpoint } });
  return {
    embed: ({ texts }) => embeddings.embedDocuments([...texts]),
    [Symbol.asyncDispose]: async () => embeddings.client.destroy(),
  };
};
