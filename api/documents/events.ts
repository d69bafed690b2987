import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Document } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { Caller } from '../caller.ts';
import { type EventOf, events } from '../http/events.ts';
import { type EmbedPace, embedPace } from '../operations/embed-pace.ts';
import { route } from '../route.ts';
import { ById } from '../schemas.ts';
import { ownDocument } from './own.ts';
import { standOf } from './progress.ts';
import { Progress } from './schemas.ts';

const POLL_MS = 300;
const STREAMS_PER_USER = 32;

const EVENTS = {
  progress: Progress,
  ready: z.object({ documentId: z.string() }),
  error: z.object({ documentId: z.string(), message: z.string() }),
};
type DocumentEvent = EventOf<typeof EVENTS>;

/** The event that ends the stream, if the document has come to an end. */
const endOf = ({ documentId, status, processingStatus }: Document): DocumentEvent | undefined => {
  if (status === 'ready') return { event: 'ready', data: { documentId } };
  if (status !== 'error') return undefined;
  const message = processingStatus.errorMessage ?? 'The document could not be processed; upload it again.';
  return { event: 'error', data: { documentId, message } };
};

/** Counts each user's open streams, and refuses one too many. */
const counted = () => {
  const open = new Map<string, number>();
  return (userId: string): Disposable => {
    const count = open.get(userId) ?? 0;
    if (count >= STREAMS_PER_USER) {
      throw new AppError('throttled', `You have ${STREAMS_PER_USER} event streams open; close one first.`);
    }
    open.set(userId, count + 1);
    const close = () => {
      const left = (open.get(userId) ?? 1) - 1;
      if (left === 0) open.delete(userId);
      else open.set(userId, left);
    };
    return { [Symbol.dispose]: close };
  };
};

const DELETED = 'The document was deleted.';

/** How it stands with the document. */
const eventOf = async (
  ports: Pick<Ports, 'documents' | 'progress'> & { readonly pace: () => Promise<EmbedPace | undefined> },
  caller: Caller,
  documentId: string,
): Promise<DocumentEvent> => {
  try {
    const document = await ownDocument(ports, caller, documentId);
    const end = endOf(document);
    if (end !== undefined) return end;
    const [progress, pace] = await Promise.all([ports.progress.get(document), ports.pace()]);
    return { event: 'progress', data: standOf(progress, Date.now(), pace) };
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
    return { event: 'error', data: { documentId, message: DELETED } };
  }
};

export const watchDocument = (ports: Pick<Ports, 'documents' | 'progress' | 'queue' | 'quota'>) => {
  const enter = counted();
  const pace = embedPace(ports);

  async function* watch(caller: Caller, documentId: string, ending: AbortSignal): AsyncGenerator<DocumentEvent> {
    using _stream = enter(caller.userId);
    let told: DocumentEvent | undefined;
    for (;;) {
      const event = await eventOf({ ...ports, pace }, caller, documentId);
      if (!isDeepStrictEqual(event, told)) yield event;
      if (event.event !== 'progress') return;
      told = event;
      await sleep(POLL_MS, undefined, { signal: ending });
    }
  }

  return route({
    summary: 'Follow the processing as it goes',
    access: 'user',
    params: ById,
    reply: events(EVENTS),
    problems: ['throttled'],
    async handle({ params: { id }, caller }) {
      await ownDocument(ports, caller, id);
      return (ending) => watch(caller, id, ending);
    },
  });
};
