import { randomUUID } from 'node:crypto';
import {
  type OpenSearchIndex,
  type OpenSearchSettings,
  openSearchIndex,
} from '../../../common/adapters/aws/opensearch/opensearch-index.ts';
import { serverlessProxy } from '../serverless-proxy/serverless-proxy.ts';

export interface TemporaryIndex extends AsyncDisposable {
  /** The alias. */
  readonly name: string;
  readonly settings: Pick<OpenSearchSettings, 'url' | 'index' | 'engine' | 'service' | 'region'>;
  open(kind: { model: string; dimension: number }): Promise<OpenSearchIndex>;
  /** Shows all that has been written, to the next index too. */
  settled(): Promise<void>;
}

/** Where tests find OpenSearch itself. */
const openSearchUrl = (): string => {
  const url = process.env['OPENSEARCH_URL'];
  if (!url) throw new Error('These tests need an OpenSearch: name it in OPENSEARCH_URL.');
  return url;
};

/** Says so where OpenSearch itself, not the program, is asked. */
export const askOpenSearch = async (method: string, path: string, body?: object): Promise<unknown> => {
  const content = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const reply = await fetch(new URL(path, openSearchUrl()), { method, ...content });
  return reply.json();
};

/** So late that nothing shows before it is asked for. */
const NEVER = '1h';
/** The numbers that an index has, from the first one on, in a test. */
const REBUILT = [1, 2, 3];

/** An index for one test alone, as a domain holds it or as a Serverless collection does; gone when disposed. */
export const temporaryIndex = async (service: 'none' | 'aoss'): Promise<TemporaryIndex> => {
  await using stack = new AsyncDisposableStack();
  const target = openSearchUrl();
  const url = service === 'none' ? target : stack.use(await serverlessProxy({ target, refreshInterval: NEVER })).url;
  const name = `test-${randomUUID()}`;
  stack.defer(async () => {
    for (const n of REBUILT) await askOpenSearch('DELETE', `/${name}-${n}`);
  });
  const settings = { url, index: name, engine: 'lucene', service, region: 'us-east-1' } as const;
  const owned = stack.move();
  return {
    name,
    settings,
    open: (kind) => openSearchIndex({ ...settings, ...kind }),
    settled: async () => void (await askOpenSearch('POST', `/${name},${name}-next/_refresh?ignore_unavailable=true`)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
