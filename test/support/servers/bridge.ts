import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import {
  QueueDoesNotExist,
  SendMessageCommand,
  type SendMessageCommandInput,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { patience } from '../../../common/runtime/backoff.ts';
import { listening } from '../listening.ts';
import { s3EventOf } from './bridge-event.ts';

const ROUTES_MOST = 10_000;
/** Some minutes, with the pauses between. */
const TRIES_MOST = 30;
const DONE = 204;
const BAD = 400;
const TRY_AGAIN = 503;

const Route = z.object({ bucket: z.string(), queueUrl: z.url() });
export type Route = z.infer<typeof Route>;

export interface Bridge extends AsyncDisposable {
  /** MinIO's webhook. Routes of other processes are posted to its /routes. */
  readonly url: string;
  /** From now on the bucket's events go to that queue; those of a bucket without a route go nowhere. */
  route(route: Route): void;
}

/**
 * Hands on to SQS what MinIO posts about its buckets. MinIO posts once and waits, unless it were given a folder to keep
 * its events in, which it looks into every 3 s: so it is here that a message is sent again until the queue takes it.
 * @param sqs stays the caller's
 */
export const startBridge = async ({ sqs, region }: { sqs: SQSClient; region: string }): Promise<Bridge> => {
  const closing = new AbortController();
  const routes = new LRUCache<string, string>({ max: ROUTES_MOST });
  const route = ({ bucket, queueUrl }: Route): void => void routes.set(bucket, queueUrl);

  const deliver = async (posted: unknown): Promise<void> => {
    for (const { bucket, body } of s3EventOf(posted, region)) {
      const queueUrl = routes.get(bucket);
      if (queueUrl === undefined) continue;
      await sendPatiently({ QueueUrl: queueUrl, MessageBody: body }, sqs, closing.signal).catch((error) => {
        if (!(error instanceof QueueDoesNotExist)) throw error; // a test that is over took its queue away
        routes.delete(bucket);
      });
    }
  };

  const answer = async (request: IncomingMessage): Promise<number> => {
    if (request.method !== 'POST') return DONE; // MinIO asks whether anybody is there
    const body = await json(request);
    if (request.url === '/routes') route(Route.parse(body));
    else await deliver(body);
    return DONE;
  };

  const server = createServer((request, response) => {
    void answer(request)
      .catch((error) => (error instanceof z.ZodError || error instanceof SyntaxError ? BAD : TRY_AGAIN))
      .then((status) => response.writeHead(status).end());
  });
  const { url, [Symbol.asyncDispose]: close } = await listening(server);
  return {
    url,
    route,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await close();
    },
  };
};

const sendPatiently = async (message: SendMessageCommandInput, sqs: SQSClient, closing: AbortSignal): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      await sqs.send(new SendMessageCommand(message));
      return;
    } catch (error) {
      if (error instanceof QueueDoesNotExist || closing.aborted || tries === TRIES_MOST) throw error;
    }
    await patience(tries, closing);
  }
};
