import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Listening, listening } from '../listening.ts';
import { type Exchange, forward, forwardBulk } from './forward.ts';
import { freePort } from './free-port.ts';

/** What a client gets in the server's place. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Of what DynamoDB answers when a table has too much to do. */
export const DYNAMODB_THROTTLE: FaultAnswer = {
  status: 400,
  headers: { 'Content-Type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message: 'The level of configured provisioned throughput for the table was exceeded.',
  }),
};

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface AnswerFault {
  /** Of the requests, 0 to 1. */
  readonly share: number;
  readonly answer: FaultAnswer;
  /** Which of them; absent: any. */
  readonly when?: (asked: Asked) => boolean;
}

export interface BulkFault {
  /** Of the items, 0 to 1. */
  readonly share: number;
  /** What they fail with, in turns. */
  readonly statuses: readonly (429 | 503)[];
}

export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  /** Answers some requests itself, which the server never sees, until disposed. */
  answer(fault: AnswerFault): Disposable;
  /** Lets some items of OpenSearch's bulk requests fail without being done, until disposed. */
  failBulkItems(fault: BulkFault): Disposable;
  /** Cuts all connections and refuses new ones, until disposed. */
  goAway(): Promise<AsyncDisposable>;
  /** What has happened since the start. */
  counts(): { readonly forwarded: number; readonly answered: number; readonly itemsFailed: number };
}

/** A proxy before a server, that can be told to fail. @param random draws who is hit: at least 0, less than 1 */
export const startFaultProxy = async (upstream: string, random: () => number = Math.random): Promise<FaultProxy> => {
  const agent = new Agent({ keepAlive: true });
  const answers = new Set<AnswerFault>();
  const bulks = new Set<BulkFault>();
  const counts = { forwarded: 0, answered: 0, itemsFailed: 0 };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = { method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers };
    const fault = [...answers].find(({ share, when = () => true }) => when(asked) && random() < share);
    if (fault !== undefined) {
      counts.answered += 1;
      return answerFor(request, response, fault.answer);
    }
    counts.forwarded += 1;
    const exchange: Exchange = { upstream, agent, request, response };
    const bulk = isBulk(asked) ? [...bulks][0] : undefined;
    if (bulk === undefined) return forward(exchange);
    counts.itemsFailed += await forwardBulk(exchange, drawing(bulk, random));
  };

  const open = (port: number): Promise<Listening> =>
    listening(
      createServer((request, response) => {
        handle(request, response).catch(() => response.destroy()); // as the server itself would be gone
      }),
      port,
    );

  const port = await freePort(); // not one that another may take while the proxy is away
  let server: Listening | undefined = await open(port);
  const { url } = server;
  const close = async (): Promise<void> => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  };
  return {
    url,
    answer: (fault) => within(answers, fault),
    failBulkItems: (fault) => within(bulks, fault),
    async goAway() {
      await close();
      return {
        async [Symbol.asyncDispose]() {
          server ??= await open(port);
        },
      };
    },
    counts: () => ({ ...counts }),
    async [Symbol.asyncDispose]() {
      await close();
      agent.destroy();
    },
  };
};

const within = <Fault>(faults: Set<Fault>, fault: Fault): Disposable => {
  faults.add(fault);
  return { [Symbol.dispose]: () => void faults.delete(fault) };
};

const isBulk = ({ method, path }: Asked): boolean => ['POST', 'PUT'].includes(method) && /\/_bulk(\?|$)/.test(path);

const drawing = ({ share, statuses }: BulkFault, random: () => number): (() => number | undefined) => {
  let failed = 0;
  return () => {
    if (random() >= share) return undefined;
    failed += 1;
    return statuses[(failed - 1) % statuses.length];
  };
};

const answerFor = async (request: IncomingMessage, response: ServerResponse, answer: FaultAnswer): Promise<void> => {
  for await (const _ of request); // a client may only listen once it has spoken
  response.writeHead(answer.status, answer.headers).end(answer.body);
};
