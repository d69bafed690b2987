import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { bulkOf } from './bulk.ts';
import { type Refused, refusedBy } from './operations.ts';

interface Settings {
  /** The OpenSearch that it stands before. */
  readonly target: string;
  /** How late it shows what was written: '2s'. */
  readonly refreshInterval?: string;
  readonly port?: number;
}

export interface ServerlessProxy extends AsyncDisposable {
  readonly url: string;
}

/**
 * Makes an OpenSearch behave as a Serverless (Classic) collection for vectors: takes signed requests alone, refuses
 * what a collection refuses with its status codes and messages, and shows late what was written.
 */
export const serverlessProxy = async ({
  target,
  refreshInterval = '2s',
  port = 0,
}: Settings): Promise<ServerlessProxy> => {
  const server = createServer((request, response) => {
    answer(request, { target, refreshInterval })
      .catch((error) => ({ status: 502, body: { error: String(error) } }))
      .then((reply) => send(response, reply));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

const SIGNED = /^AWS4-HMAC-SHA256 Credential=\S+\/aoss\/aws4_request,/;

const answer = async (
  request: IncomingMessage,
  { target, refreshInterval }: Required<Omit<Settings, 'port'>>,
): Promise<Refused> => {
  const { method = 'GET', url = '/', headers } = request;
  const body = (await buffer(request)).toString();
  if (!SIGNED.test(headers.authorization ?? '') || headers['x-amz-content-sha256'] === undefined) {
    return { status: 403, body: { status: 403, error: { type: 'Forbidden', reason: 'Forbidden' } } };
  }
  const at = new URL(url, target);
  const refused = refusedBy(method, at);
  if (refused !== undefined) return refused;
  const forward = (content: string) => ask(at, { method, body: content, type: headers['content-type'] });
  if (at.pathname.endsWith('/_bulk')) {
    const bulk = bulkOf(body);
    if (bulk.taken === '') return { status: 200, body: bulk.merged({}) };
    const reply = await forward(bulk.taken);
    return reply.status === 200 ? { status: 200, body: bulk.merged(reply.body ?? {}) } : reply;
  }
  return forward(method === 'PUT' && at.pathname.lastIndexOf('/') === 0 ? slowed(body, refreshInterval) : body);
};

/** A new index's settings, with the collection's pace. */
const slowed = (body: string, refreshInterval: string): string => {
  const { settings = {}, ...rest } = JSON.parse(body || '{}') as { settings?: { index?: object } };
  return JSON.stringify({
    ...rest,
    settings: { ...settings, index: { ...settings.index, refresh_interval: refreshInterval } },
  });
};

const ask = async (
  url: URL,
  { method, body, type = 'application/json' }: { method: string; body: string; type?: string | undefined },
): Promise<Refused> => {
  const content = body === '' ? {} : { body, headers: { 'content-type': type } };
  const reply = await fetch(url, { method, ...content });
  const text = await reply.text();
  return { status: reply.status, ...(text !== '' && { body: JSON.parse(text) as object }) };
};

const send = (response: ServerResponse, { status, body }: Refused): void => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text), server: 'aoss-amazon' });
  response.end(text);
};
