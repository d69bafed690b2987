import type { OpenWay } from '../fleet/way.ts';
import { clientOf, embedTexts, inCalls } from './bedrock.ts';

/** A loop over the SDK, and nothing else. Its settings: `retryMode` standard or adaptive; 3 attempts, as by default. */
export const open: OpenWay = async ({ bedrock, model, settings }) => {
  const client = clientOf(bedrock, { retryMode: String(settings?.['retryMode'] ?? 'standard') });
  return {
    async embed({ texts }) {
      const vectors: number[][] = [];
      for (const some of inCalls(texts)) vectors.push(...(await embedTexts(client, model, some)));
      return vectors;
    },
    [Symbol.asyncDispose]: async () => client.destroy(),
  };
};
