import { AppError } from '../../../common/domain/errors.ts';

export interface ServerEvent {
  /** `message` where the server names none. */
  readonly event: string;
  readonly data: string;
}

const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024;

const eventOf = (block: string): ServerEvent | undefined => {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'event' && value) event = value;
    if (field === 'data') data.push(value ?? '');
  }
  return data.length === 0 ? undefined : { event, data: data.join('\n') };
};

/** The events that are whole, and what is left. A \r at the end may be half of a line's end: it waits. */
const taken = (text: string, isLast: boolean): { events: ServerEvent[]; left: string } => {
  const waits = text.endsWith('\r') && !isLast;
  const blocks = (waits ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n').split('\n\n');
  const left = (blocks.pop() ?? '') + (waits ? '\r' : '');
  return { events: blocks.map(eventOf).filter((event) => event !== undefined), left };
};

async function* eventsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const piece of bytes) {
    const { events, left } = taken(held + decoder.decode(piece, { stream: true }), false);
    yield* events;
    held = left;
    if (held.length > MAX_EVENT_CHARACTERS) throw new AppError('unavailable', 'The server sends an endless event.');
  }
  yield* taken(held, true).events;
}

/**
 * Server-sent events out of a reply's bytes; comments are left out.
 * Format: WHATWG HTML, "Server-sent events".
 * Throws `unavailable` when the connection breaks and when one event has no end, and an AbortError.
 */
export async function* serverEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  try {
    yield* eventsIn(bytes);
  } catch (error) {
    if (error instanceof AppError || (error as Error).name === 'AbortError') throw error;
    throw new AppError('unavailable', 'The connection broke before all was said. Try again.', { cause: error });
  }
}
