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

/** Writes them as they come; headers go out with the first, so that what fails before it can still be a problem. */
const tell = async (frames: AsyncIterable<string>, response: Response, ending: AbortSignal): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  for await (const frame of frames) {
    if (!response.headersSent) stack.use(begin(response));
    if (!response.write(frame)) await once(response, 'drain', { signal: ending });
  }
  if (!response.headersSent) stack.use(begin(response));
};

/** Server-sent events. What fails before the first one is a problem document; a client that leaves is no failure. */
export const events = <Events extends Schemas>(schemas: Events): Reply<EventSource<EventOf<Events>>> => {
  async function* framesOf(source: AsyncIterable<EventOf<Events>>): AsyncGenerator<string> {
    for await (const { event, data } of source) {
      yield `event: ${event}\ndata: ${JSON.stringify(schemas[event]?.parse(data))}\n\n`;
    }
  }
  const content = { 'text/event-stream': { schema: said(schemas) } };
  return {
    declared: { '200': { description: 'Events, until the last', content } },
    async send(open, { request, response, left, stopping }) {
      const ending = AbortSignal.any([left, stopping]);
      const source = request.method === 'HEAD' ? nothing() : open(ending);
      await tell(framesOf(source), response, ending).catch((error: unknown) => {
        if (!ending.aborted) throw error;
      });
      response.end();
    },
  };
};

async function* nothing(): AsyncGenerator<never> {}
