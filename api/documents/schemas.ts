import { z } from 'zod';
import { DOCUMENT_STATUSES } from '../../common/domain/document.ts';
import { StageName, Time, text } from '../schemas.ts';

export const Title = text(300).trim();
export const Description = text(5_000);

export const Document = z
  .object({
    documentId: z.string(),
    userId: z.string(),
    fileName: z.string().meta({ description: 'As uploaded; may be a relative path' }),
    fileType: z.string().meta({ description: 'Media type' }),
    fileSize: z.int().meta({ description: 'Bytes' }),
    s3Key: z.string(),
    s3Bucket: z.string(),
    uploadDate: Time,
    updatedAt: Time,
    status: z.enum(DOCUMENT_STATUSES),
    processingStatus: z.object({
      textExtracted: z.boolean(),
      chunksCreated: z.boolean(),
      vectorsGenerated: z.boolean(),
      indexed: z.boolean(),
      errorMessage: z.string().optional().meta({ description: 'With status error: what to do about it' }),
    }),
    metadata: z.object({
      title: z.string().optional(),
      description: z.string().optional(),
      tags: z.array(z.string()),
      language: z.string().optional().meta({ description: 'ISO 639-1' }),
      pageCount: z.int().optional(),
      wordCount: z.int().optional(),
    }),
    searchableContent: z.object({ preview: z.string(), keywords: z.array(z.string()) }),
    access: z.object({ isPublic: z.boolean(), sharedWith: z.array(z.string()) }),
  })
  .meta({ id: 'Document' });

export const Progress = z
  .object({
    stage: StageName,
    done: z.int().meta({ description: 'Chunks' }),
    total: z.int().nullable().meta({ description: 'Chunks; null until the text is cut' }),
    etaSeconds: z
      .int()
      .nullable()
      .meta({ description: 'By the rate so far and that of all workers; null until there is one to reckon with' }),
  })
  .meta({ id: 'Progress' });

export const WatchedDocument = Document.extend({
  progress: Progress.nullable().meta({ description: 'With status processing; otherwise null' }),
}).meta({ id: 'WatchedDocument' });

export const Chunk = z
  .object({
    chunkId: z.string(),
    documentId: z.string(),
    userId: z.string(),
    chunkIndex: z.int().meta({ description: 'From 0, in reading order' }),
    content: z.string(),
    startPosition: z.int().meta({ description: 'In the text, in UTF-16 units' }),
    endPosition: z.int().meta({ description: 'Excluded' }),
    metadata: z.object({
      pageNumber: z.int().optional(),
      section: z.string().optional(),
      wordCount: z.int(),
      charCount: z.int(),
    }),
    createdAt: Time,
  })
  .meta({ id: 'Chunk' });
