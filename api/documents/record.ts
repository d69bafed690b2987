import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Ports } from '../../common/ports/ports.ts';
import { deleteDocument } from '../../common/runtime/delete-document.ts';
import { jsonBody } from '../http/body.ts';
import { json } from '../http/reply.ts';
import { describeMessage } from '../messages.ts';
import { embedPace } from '../operations/embed-pace.ts';
import { route } from '../route.ts';
import { ById, Tags } from '../schemas.ts';
import { changeOwn, ownDocument } from './own.ts';
import { standOf } from './progress.ts';
import { Description, Document, Title, WatchedDocument } from './schemas.ts';

export const readDocument = (ports: Pick<Ports, 'documents' | 'progress' | 'queue' | 'quota'>) => {
  const pace = embedPace(ports);
  return route({
    summary: 'Read a document’s record, and how far it has come',
    access: 'user',
    params: ById,
    reply: json(WatchedDocument),
    async handle({ params: { id }, caller }) {
      const document = await ownDocument(ports, caller, id);
      if (document.status !== 'processing') return { ...document, progress: null };
      const [progress, current] = await Promise.all([ports.progress.get(document), pace()]);
      return { ...document, progress: standOf(progress, Date.now(), current) };
    },
  });
};

const Change = z
  .strictObject({
    title: Title.min(1).nullable().meta({ description: 'null removes it' }),
    description: Description.nullable().meta({ description: 'null removes it' }),
    tags: Tags,
  })
  .partial();

export const describeDocument = (ports: Pick<Ports, 'documents' | 'queue'>) =>
  route({
    summary: 'Change title, description or tags',
    access: 'user',
    params: ById,
    body: jsonBody(Change),
    reply: json(Document),
    problems: ['stale', 'storage_full'],
    async handle({ params: { id }, body: { title, description, tags }, caller }) {
      const metadata = {
        ...(title !== undefined && { title: title ?? undefined }),
        ...(description !== undefined && { description: description ?? undefined }),
        ...(tags !== undefined && { tags }),
      };
      const { before, after } = await changeOwn(ports, caller, {
        documentId: id,
        change: ({ accessVersion }) => ({ metadata, ...(tags && { accessVersion: accessVersion + 1 }) }),
      });
      if (!isDeepStrictEqual(before.metadata.tags, after.metadata.tags))
        await ports.queue.send([describeMessage(after)]);
      return after;
    },
  });

export const removeDocument = (ports: Pick<Ports, 'documents' | 'queue' | 'receipts'>) =>
  route({
    summary: 'Delete a document',
    access: 'user',
    params: ById,
    reply: json(z.object({ receiptId: z.string() }), {
      status: 202,
      description: 'Hidden from now on; the receipt tells when all of it is gone',
    }),
    problems: ['storage_full'],
    async handle({ params: { id }, caller }) {
      return deleteDocument(await ownDocument(ports, caller, id), ports);
    },
  });
