import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Listening, listening } from '../listening.ts';

interface Batch {
  readonly Entries: readonly object[];
}

const LATER_SECONDS = 1;

/**
 * Stands before SQS: every message that is sent in a batch is delivered twice, the second time later, and each time in
 * another order.
 */
export const startDoublingQueue = (behind: string): Promise<Listening> => {
  const forward = (request: IncomingMessage, body: Buffer | string) => {
    const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date', 'x-amz-security-token'];
    const kept = names.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : []));
    const method = request.method ?? 'POST';
    return fetch(new URL(request.url ?? '/', behind), { method, headers: Object.fromEntries(kept), body });
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const isBatch = String(request.headers['x-amz-target']).endsWith('.SendMessageBatch');
    const batch = isBatch ? (JSON.parse(body.toString()) as Batch) : undefined;
    const reply = await forward(request, batch === undefined ? body : JSON.stringify(shuffled(batch)));
    if (batch !== undefined) await (await forward(request, JSON.stringify(shuffled(delayed(batch))))).body?.cancel();
    const type = reply.headers.get('content-type') ?? 'application/json';
    response.writeHead(reply.status, { 'Content-Type': type }).end(Buffer.from(await reply.arrayBuffer()));
  };
  return listening(createServer((request, response) => void handle(request, response).catch(() => response.destroy())));
};

const delayed = ({ Entries, ...batch }: Batch): Batch => ({
  ...batch,
  Entries: Entries.map((entry) => ({ ...entry, DelaySeconds: LATER_SECONDS })),
});

const shuffled = ({ Entries, ...batch }: Batch): Batch => ({
  ...batch,
  Entries: Entries.map((entry) => ({ entry, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry),
});
