import type { EventSource } from './events.ts';
import type { Reply } from './reply.ts';

interface Kinds<Event, Whole> {
  readonly events: Reply<EventSource<Event>>;
  readonly whole: Reply<Whole>;
  /** What the events come to. */
  add(events: AsyncIterable<Event>): Promise<Whole>;
}

/** Events where the Accept header prefers them to JSON; else, all at once, what they come to. */
export const eventsOrWhole = <Event, Whole>({ events, whole, add }: Kinds<Event, Whole>): Reply<EventSource<Event>> => {
  const content = { ...whole.declared['200']?.content, ...events.declared['200']?.content };
  return {
    declared: { '200': { description: 'As asked; by the Accept header at once, or as events', content } },
    async send(open, exchange) {
      const streams = exchange.request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream';
      if (streams) await events.send(open, exchange);
      else await whole.send(await add(open(exchange.left)), exchange);
    },
  };
};
