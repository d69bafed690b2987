import { z } from 'zod';
import { DOCUMENT_STATUSES } from '../../common/domain/document.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { PAGING, pageOf, text } from '../schemas.ts';
import { Document } from './schemas.ts';

const Listing = z.strictObject({
  ...PAGING,
  status: z.enum(DOCUMENT_STATUSES).optional(),
  fileType: text(200).optional().meta({ description: 'Media type' }),
  tag: text(64).optional(),
  fileName: text(1_024)
    .transform((name) => name.normalize('NFC')) // as uploads keep it
    .optional()
    .meta({ description: 'The whole name' }),
});

export const listDocuments = ({ directory }: Pick<Ports, 'directory'>) =>
  route({
    summary: 'List your documents, newest first',
    access: 'user',
    query: Listing,
    reply: json(pageOf(Document)),
    handle: ({ query, caller: { userId } }) => directory.list({ ...query, userId }),
  });
