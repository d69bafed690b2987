import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers by a script: for what the real one does rarely, or never at will. */
export interface ServerDouble extends AsyncDisposable {
  readonly url: string;
  /** Method and path of each request, in order. */
  readonly asked: string[];
}

export type Answering = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export const serverDouble = async (answer: Answering): Promise<ServerDouble> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void answer(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

export const sendJson = (response: ServerResponse, status: number, value: unknown, headers: object = {}): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));
};

/** As the API refuses: RFC 9457. */
export const refuse = (response: ServerResponse, status: number, problem: object, headers: object = {}): void =>
  sendJson(response, status, problem, { 'Content-Type': 'application/problem+json', ...headers });

export const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
};
