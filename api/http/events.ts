import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';
import type { Given, Reply } from './reply.ts';

type Schemas = Readonly<Record<string, z.ZodType>>;

/** One event of a stream that has these. */
export type EventOf<Events extends Schemas> = {
  [Name in keyof Events & string]: { readonly event: Name; readonly data: Given<z.input<Events[Name]>> };
}[keyof Events & string];

/** Opened once the reply begins; `ending` aborts when the client leaves or the server closes. */
export type EventSource<Event> = (ending: AbortSignal) => AsyncIterable<Event>;

/** Keeps proxies from closing what is silent. */
const BEAT_MS = 15_000;
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Accel-Buffering': 'no',
};

const begin = (response: Response): Disposable => {
  response.writeHead(200, HEADERS).flushHeaders();
  const beat = setInterval(() => response.write(':\n\n'), BEAT_MS);
  return { [Symbol.dispose]: () => clearInterval(beat) };
};

const said = (events: Schemas): z.ZodType =>
  z
    .array(z.union(Object.entries(events).map(([event, data]) => z.object({ event: z.literal(event), data }))))
    .meta({ description: 'Server-sent events, one an item: its name, and its data, which is JSON' });

/** Server-sent events. What fails before the first one is a problem document; a client that leaves is no failure. */
export const events = <Events extends Schemas>(schemas: Events): Reply<EventSource<EventOf<Events>>> => ({
  declared: {
    '200': { description: 'Events, until the last', content: { 'text/event-stream': { schema: said(schemas) } } },
  },
  async send(open, { request, response, left, stopping }) {
    const ending = AbortSignal.any([left, stopping]);
    await using stack = new AsyncDisposableStack();
    try {
      for await (const { event, data } of open(ending)) {
        if (!response.headersSent) stack.use(begin(response));
        if (request.method === 'HEAD') break;
        const written = JSON.stringify(schemas[event]?.parse(data));
        if (!response.write(`event: ${event}\ndata: ${written}\n\n`)) await once(response, 'drain', { signal: ending });
      }
    } catch (error) {
      if (!ending.aborted) throw error;
    }
    if (!response.headersSent) begin(response)[Symbol.dispose]();
    response.end();
  },
});
