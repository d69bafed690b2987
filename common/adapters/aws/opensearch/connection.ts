import { Client } from '@opensearch-project/opensearch';
import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws-v3';
import { openSearchErrorOf } from './opensearch-errors.ts';

export interface Server {
  readonly url: string;
  /** Whose signature requests carry: a domain's, a Serverless collection's, or none. */
  readonly service: 'es' | 'aoss' | 'none';
  readonly region: string;
}

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Of JSON lines, when it is a text. */
  readonly body?: object | string;
  readonly query?: Readonly<Record<string, string>>;
  /** A write, whose second try is our own affair. */
  readonly once?: boolean;
}

/** Throws `unavailable`, `throttled`, `storage_full`, or a Refusal where none of them says it. */
export type Ask = <Reply>(question: Question) => Promise<Reply>;

export interface Connection extends AsyncDisposable {
  readonly ask: Ask;
}

const SOCKETS = 128;
const RETRIES = 2;
const READ_MS = 10_000;
const WRITE_MS = 20_000;

/** Credentials come from where the AWS SDK finds them; a dead server shows within seconds. */
export const connectionTo = ({ url, service, region }: Server): Connection => {
  const client = new Client({
    node: url,
    agent: { keepAlive: true, maxSockets: SOCKETS },
    maxRetries: RETRIES,
    requestTimeout: READ_MS,
    resurrectStrategy: 'none', // there is one address, and a collection answers no ping
    ...(service !== 'none' && AwsSigv4Signer({ region, service })),
  });
  return {
    async ask<Reply>({ method, path, body, query = {}, once = false }: Question) {
      const content = typeof body === 'string' ? { bulkBody: body } : body !== undefined && { body };
      const limits = once ? { maxRetries: 0, requestTimeout: WRITE_MS } : {};
      try {
        const reply = await client.transport.request({ method, path, querystring: query, ...content }, limits);
        return reply.body as Reply;
      } catch (error) {
        throw openSearchErrorOf(error);
      }
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
};
