import pLimit from 'p-limit';
import { z } from 'zod';
import type { DocumentChunk } from '../../common/domain/chunk.ts';
import { AppError } from '../../common/domain/errors.ts';
import { chunkKey, metadataKey } from '../../common/domain/keys.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { fromJson } from '../../common/runtime/json.ts';
import { versioned } from '../http/reply.ts';
import { route } from '../route.ts';
import { ById, PAGING, pageOf } from '../schemas.ts';
import { Chunk } from './schemas.ts';
import { etagOf, orReplaced, type ServedDocument, servedDocument, servedRef } from './served.ts';

const READS_AT_ONCE = 16;

/** Where a page begins: a chunk of one generation. */
const cursorOf = ({ servedGeneration }: ServedDocument, chunkIndex: number): string =>
  Buffer.from(`${servedGeneration}.${chunkIndex}`).toString('base64url');

const startOf = ({ servedGeneration }: ServedDocument, cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const [, generation, chunkIndex] = /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (chunkIndex === undefined) throw new AppError('invalid', 'This is no cursor of ours; begin with the first page.');
  if (Number(generation) === servedGeneration) return Number(chunkIndex);
  throw new AppError('conflict', 'The document has been replaced since the last page; begin with the first page.');
};

const Metadata = z.object({ chunkCount: z.int() });

export const listChunks = (ports: Pick<Ports, 'blobs' | 'documents'>) => {
  const read = async (key: string): Promise<unknown> => {
    const { body } = await ports.blobs.get(key).catch(orReplaced);
    return fromJson(body);
  };
  const pageAt = async (document: ServedDocument, start: number, limit: number) => {
    const ref = servedRef(document);
    // The record's own count may be that of a newer generation, which is not served yet.
    const { chunkCount } = Metadata.parse(await read(metadataKey(ref)));
    const end = Math.min(start + limit, chunkCount);
    const keys = Array.from({ length: Math.max(0, end - start) }, (_, n) => chunkKey(ref, start + n));
    const items = (await pLimit(READS_AT_ONCE).map(keys, read)) as DocumentChunk[];
    return { items, ...(end < chunkCount && { nextCursor: cursorOf(document, end) }) };
  };
  return route({
    summary: 'List the chunks, in reading order',
    access: 'user',
    params: ById,
    query: z.strictObject(PAGING),
    reply: versioned(pageOf(Chunk)),
    problems: ['conflict'],
    async handle({ params: { id }, query: { limit, cursor }, caller }) {
      const document = await servedDocument(ports, caller, id);
      const start = startOf(document, cursor);
      return { etag: etagOf(document), read: () => pageAt(document, start, limit) };
    },
  });
};
