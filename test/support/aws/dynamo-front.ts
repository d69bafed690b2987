import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { listening } from '../listening.ts';
import { sdkSettings } from './sdk-settings.ts';

interface Reply {
  readonly status: number;
  readonly body: object;
}

/**
 * What becomes of a call, counted from 1: it is passed on; or passed on and its answer lost on the way; or answered in
 * the service's stead.
 */
export type Meddle = (operation: string, count: number) => 'pass' | 'lose' | Reply;

export const THROTTLED: Reply = {
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message: 'The level of configured provisioned throughput for the table was exceeded.',
  },
};

/** A client of the DynamoDB that the environment names, and between them somebody who meddles. */
export const dynamoFront = async (meddle: Meddle): Promise<{ client: DynamoDBClient } & AsyncDisposable> => {
  await using stack = new AsyncDisposableStack();
  const settings = sdkSettings(process.env, 'DYNAMODB');
  const behind = String(settings.endpoint);
  let count = 0;
  const server = createServer(async (request, response) => {
    count += 1;
    const fate = meddle(String(request.headers['x-amz-target']).split('.')[1] ?? '', count);
    const { status, body } = typeof fate === 'object' ? fate : await forwarded(behind, request);
    if (fate === 'lose') return void response.destroy();
    const said = Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' }).end(said);
  });
  const { url } = stack.use(await listening(server));
  const client = stack.adopt(new DynamoDBClient({ ...settings, endpoint: url }), (opened) => opened.destroy());
  const owned = stack.move();
  return { client, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

const forwarded = async (behind: string, request: IncomingMessage): Promise<Reply> => {
  const { method, headers, url = '/' } = request;
  const forward = send(new URL(url, behind), { method, headers, agent: false });
  forward.end(await buffer(request));
  const [answer]: IncomingMessage[] = await once(forward, 'response');
  if (answer === undefined) throw new Error('There is no answer.');
  return { status: answer.statusCode ?? 0, body: await buffer(answer) };
};
