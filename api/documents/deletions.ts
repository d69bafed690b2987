import { z } from 'zod';
import type { Ports } from '../../common/ports/ports.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { Id, Time } from '../schemas.ts';

const Receipt = z
  .object({
    receiptId: z.string(),
    documentId: z.string(),
    userId: z.string(),
    fileName: z.string(),
    requestedAt: Time,
    status: z.enum(['pending', 'completed']),
    removed: z.object({ chunks: z.int(), blobs: z.int(), records: z.int() }),
    completedAt: Time.optional(),
    check: z.string().optional().meta({ description: 'What was asked, and what answered that nothing is left' }),
  })
  .meta({ id: 'Receipt' });

export const readReceipt = ({ receipts }: Pick<Ports, 'receipts'>) =>
  route({
    summary: 'Read the receipt of a deletion',
    access: 'user',
    params: z.object({ receiptId: Id }),
    reply: json(Receipt),
    handle: ({ params: { receiptId }, caller }) => receipts.get(caller.userId, receiptId),
  });
