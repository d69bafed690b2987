import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Document } from '../../common/domain/document.ts';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { type EventOf, events } from '../http/events.ts';
import { type Caller, route } from '../route.ts';
import { ById, StageName } from '../schemas.ts';
import { ownDocument } from './own.ts';
import { type Stand, standOf } from './progress.ts';

const POLL_MS = 300;
const STREAMS_PER_USER = 32;

const EVENTS = {
  progress: z
    .object({
      stage: StageName,
      done: z.int().meta({ description: 'Chunks' }),
      total: z.int().nullable().meta({ description: 'Chunks; null until the text is cut' }),
      etaSeconds: z.int().nullable().meta({ description: 'null until there is a rate to reckon with' }),
    })
    .meta({ id: 'Progress' }),
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

/** Undefined once it is deleted. */
const look = async (ports: Pick<Ports, 'documents'>, caller: Caller, id: string): Promise<Document | undefined> => {
  try {
    return await ownDocument(ports, caller, id);
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
    return undefined;
  }
};

export const watchDocument = (ports: Pick<Ports, 'documents' | 'progress'>) => {
  const enter = counted();

  async function* watch(caller: Caller, documentId: string, ending: AbortSignal): AsyncGenerator<DocumentEvent> {
    using _stream = enter(caller.userId);
    let told: Stand | undefined;
    for (;;) {
      const document = await look(ports, caller, documentId);
      const end = document ? endOf(document) : { event: 'error' as const, data: { documentId, message: DELETED } };
      if (document === undefined || end !== undefined) {
        if (end) yield end;
        return;
      }
      const stand = standOf(await ports.progress.get(document), Date.now());
      if (!isDeepStrictEqual(stand, told)) yield { event: 'progress', data: stand };
      told = stand;
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
