import { z } from 'zod';
import { GivenTime, Id, text } from '../schemas.ts';

export const Filters = z
  .strictObject({
    documentIds: z.array(Id).max(1_000).meta({ description: 'In these documents only' }),
    tags: z.array(text(64)).max(50).meta({ description: 'In documents with any of them' }),
    fileTypes: z.array(text(200)).max(50).meta({ description: 'Media types' }),
    uploadedFrom: GivenTime.meta({ description: 'Included' }),
    uploadedTo: GivenTime.meta({ description: 'Excluded' }),
  })
  .partial()
  .meta({ id: 'Filters' });

export const Passage = z
  .object({
    chunkId: z.string(),
    documentId: z.string(),
    fileName: z.string(),
    score: z.number().meta({ description: 'Compares within one reply only' }),
    content: z.string(),
    pageNumber: z.int().optional(),
    section: z.string().optional(),
    startPosition: z.int().meta({ description: 'In the text, in UTF-16 units' }),
    endPosition: z.int().meta({ description: 'Excluded' }),
  })
  .meta({ id: 'Passage' });
