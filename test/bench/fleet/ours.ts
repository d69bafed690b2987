import { bedrockEmbedder } from '../../../common/adapters/aws/bedrock/embedder.ts';
import { openQuota } from '../../../common/adapters/aws/quota.ts';
import { type AwsConfig, readConfig } from '../../../common/config.ts';
import { clientOf } from '../../support/bedrock-stub/temporary-bedrock.ts';
import type { OpenWay } from './way.ts';

/** What a worker of the aws home has to be told, and does not need in order to embed. */
const UNUSED = {
  ASSISTANT_HOME: 'aws',
  DOCUMENTS_BUCKET: 'none',
  OPENSEARCH_URL: 'http://127.0.0.1:1',
  COGNITO_USER_POOL_ID: 'none',
  COGNITO_CLIENT_ID: 'none',
};

/** The embedder of the aws home with its ledger, put together as the program does it. */
export const open: OpenWay = async ({ bedrock, model, settings }) => {
  await using opened = new AsyncDisposableStack();
  const config = readConfig({ ...process.env, ...UNUSED, EMBEDDING_MODEL: model, ...settings }) as AwsConfig;
  const client = opened.adopt(clientOf(bedrock), (open) => open.destroy());
  const { pacer } = openQuota(config, opened, () => undefined);
  const embedder = opened.use(bedrockEmbedder({ client, model, pacer }));
  const { signal } = new AbortController();
  const owned = opened.move();
  return {
    embed: ({ texts, group }) => embedder.embed(texts, { group, signal }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
