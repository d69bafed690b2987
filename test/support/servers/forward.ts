import { type Agent, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { type BulkReply, divideBulk, joinBulk } from './bulk-faults.ts';

export interface Exchange {
  readonly upstream: string;
  readonly agent: Agent;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const BODY_BYTES_MOST = 64 * 1024 ** 2;
/** Of the connection to the proxy, and of bodies that it writes anew. */
const OWN = ['connection', 'content-length', 'content-encoding', 'transfer-encoding', 'accept-encoding'];

/** Hands a request on as it is, Host and all: it may be signed. */
export const forward = async ({ upstream, agent, request, response }: Exchange): Promise<void> => {
  const { method, rawHeaders } = request;
  const sent = ask(new URL(request.url ?? '/', upstream), { agent, method, headers: rawHeaders });
  const answered = replyTo(sent);
  const [reply] = await Promise.all([answered, pipeline(request, sent)]);
  response.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
  await pipeline(reply, response);
};

/** A bulk request of which some items fail and are not done. */
export const forwardBulk = async (exchange: Exchange, draw: () => number | undefined): Promise<number> => {
  const { upstream, agent, request, response } = exchange;
  const body = await bodyOf(request);
  const { pathname } = new URL(request.url ?? '/', upstream);
  const divided = divideBulk(body.toString(), pathname.split('/').at(-2), draw);
  const finish = (status: number, text: string) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
  if (divided.rest === '') {
    finish(200, JSON.stringify(joinBulk(divided, { took: 0, errors: true, items: [] })));
    return divided.refused.size;
  }
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OWN.includes(name)));
  const sent = ask(new URL(request.url ?? '/', upstream), { agent, method: request.method, headers });
  sent.end(divided.rest);
  const reply = await replyTo(sent);
  const text = (await buffer(reply)).toString();
  const isDone = reply.statusCode === 200;
  finish(reply.statusCode ?? 502, isDone ? JSON.stringify(joinBulk(divided, JSON.parse(text) as BulkReply)) : text);
  return isDone ? divided.refused.size : 0;
};

const replyTo = (sent: ReturnType<typeof ask>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => sent.once('response', resolve).once('error', reject));

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MOST) throw new Error('a bulk request of more than 64 MB');
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
};
