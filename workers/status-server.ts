import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

interface Listening {
  readonly register: Registry;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

/**
 * What a container's worker shows to Prometheus and to the health check: GET /metrics and /health/live. It may serve
 * nobody else: there is nothing secret in it, and no check of who asks.
 */
export const serveStatus = async ({ register, host, port }: Listening): Promise<AsyncDisposable & { url: string }> => {
  const server = createServer(async ({ method, url }, response) => {
    if (method !== 'GET') return response.writeHead(405, { Allow: 'GET' }).end();
    if (url === '/metrics')
      return response.setHeader('Content-Type', register.contentType).end(await register.metrics());
    if (url === '/health/live')
      return response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ status: 'live' }));
    return response.writeHead(404).end();
  });
  await once(server.listen(port, host), 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
