import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../../../common/adapters/aws/clients.ts';
import { textOf } from '../bytes.ts';

export interface Asked {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Closes the connection after the body, whatever was announced. */
  readonly breaks?: boolean;
}

/** The body of an error as S3 gives it. */
export const fault = (status: number, code: string, more = ''): Answer => ({
  status,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message>${more}</Error>`,
});

/** Stands for S3 where no server does as the real one: answers by a function, and keeps what it was asked. */
export const s3Double = async (answer: (asked: Asked) => Answer) => {
  const asked: Asked[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const { searchParams: query } = new URL(url, 'http://double');
    const one = { method, url, query, headers, body: await textOf(request) };
    asked.push(one);
    const { status = 200, headers: own = {}, body = '', breaks = false } = answer(one);
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...own });
    if (!breaks) return response.end(body);
    return response.write(body, () => response.destroy());
  };
  const server = createServer((request, response) => void reply(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new S3Client({
    ...clientSettings(),
    maxAttempts: 1,
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
  });
  return {
    client,
    bucket: 'bucket',
    asked,
    async [Symbol.asyncDispose]() {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
