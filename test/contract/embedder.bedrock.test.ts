import { bedrockEmbedder } from '../../common/adapters/aws/bedrock/embedder.ts';
import { temporaryBedrock } from '../support/bedrock-stub/temporary-bedrock.ts';
import { embedderContract } from './embedder.contract.ts';

const MODELS = [
  'cohere.embed-v4:0',
  'us.cohere.embed-v4:0',
  'cohere.embed-multilingual-v3',
  'amazon.titan-embed-text-v1',
  'amazon.titan-embed-text-v2:0',
];

for (const model of MODELS) {
  embedderContract(`Bedrock, ${model}`, async () => {
    await using opened = new AsyncDisposableStack();
    const { client } = opened.use(await temporaryBedrock());
    const embedder = opened.use(bedrockEmbedder({ client, model }));
    const owned = opened.move();
    return { ...embedder, [Symbol.asyncDispose]: () => owned.disposeAsync() };
  });
}
