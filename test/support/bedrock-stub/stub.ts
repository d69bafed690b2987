import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handle, type SeenCall } from './handle.ts';
import { type Counters, quotas } from './quotas.ts';
import { DEFAULTS, type StubSettings } from './settings.ts';
import { vectorWriter } from './vectors.ts';

const SEEN_AT_MOST = 1_000;

export interface BedrockStub extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL_BEDROCK_RUNTIME, or a client's `endpoint`. */
  readonly url: string;
  /** Sets what is given, for calls from now on. */
  change(settings: Partial<StubSettings>): void;
  /** By the base model's id. */
  counters(): Record<string, Counters>;
  /** The last 1,000 embedding calls that were served, oldest first. */
  readonly calls: readonly SeenCall[];
}

/**
 * Bedrock Runtime's REST shape on this machine: InvokeModel of the embedding models, Converse and ConverseStream, with
 * limits that can be set. GET /stub/counters and POST /stub/settings serve other processes.
 * @param port 0: any free one
 */
export const startBedrockStub = async (initial: Partial<StubSettings> = {}, port = 0): Promise<BedrockStub> => {
  let settings: StubSettings = { ...DEFAULTS, ...initial };
  const closing = new AbortController();
  const calls: SeenCall[] = [];
  const accounts = quotas();
  const parts = {
    settings: () => settings,
    quotas: accounts,
    writeVector: vectorWriter(),
    closing: closing.signal,
    seen(call: SeenCall) {
      calls.push(call);
      if (calls.length > SEEN_AT_MOST) calls.shift();
    },
  };
  const change = (given: Partial<StubSettings>): void => {
    settings = { ...settings, ...given };
  };

  const control = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'POST') change(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(accounts.counters()));
  };
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/stub/')) void control(request, response);
    else void handle(request, response, parts);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    change,
    counters: accounts.counters,
    calls,
    async [Symbol.asyncDispose]() {
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
