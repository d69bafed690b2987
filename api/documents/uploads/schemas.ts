import { z } from 'zod';
import { Id, Tags, Time, text } from '../../schemas.ts';
import { Description, Title } from '../schemas.ts';

const MIB = 1024 ** 2;
export const PART_BYTES = { least: 5 * MIB, most: 5 * 1024 * MIB };
/** So that what is kept of an upload stays small. */
const PARTS_MOST = 1_000;

/** 32 bytes; of the last character but one only four values leave no bits over. */
const Checksum = z
  .string()
  .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/)
  .meta({ description: 'SHA-256 in base64' });

export const NewUpload = z
  .strictObject({
    fileName: text(4_096).meta({ description: 'May be a relative path' }),
    fileSize: z.int().nonnegative().meta({ description: 'Bytes' }),
    partSize: z
      .int()
      .min(PART_BYTES.least)
      .max(PART_BYTES.most)
      .optional()
      .meta({ description: 'Bytes of each part but the last; absent: the whole goes in one PUT' }),
    checksums: z.array(Checksum).min(1).max(PARTS_MOST).meta({ description: 'Of each part, in order' }),
    documentId: Id.optional().meta({ description: 'Gives this document new content; absent: a new document' }),
    title: Title.optional(),
    description: Description.optional(),
    tags: Tags.optional(),
  })
  .refine(
    ({ documentId, title, description, tags }) =>
      documentId === undefined || [title, description, tags].every((field) => field === undefined),
    'title, description and tags are for a new document; PATCH /v1/documents/{id} changes them',
  );
export type NewUpload = z.output<typeof NewUpload>;

const Part = z.object({
  partNumber: z.int().meta({ description: 'From 1' }),
  checksum: Checksum,
  arrived: z.boolean(),
  url: z.string().optional().meta({
    description: 'Where to PUT it; a path is one of this API. Absent: it has arrived, or others come first',
  }),
  headers: z.record(z.string(), z.string()).optional().meta({ description: 'To be sent with it, exactly so' }),
  expiresAt: Time.optional(),
});

export const Upload = z
  .object({
    uploadId: z.string(),
    documentId: z.string(),
    fileName: z.string(),
    fileSize: z.int().meta({ description: 'Bytes' }),
    partSize: z.int().optional().meta({ description: 'Absent: the whole goes in one PUT' }),
    parts: z.array(Part).meta({
      description: 'All of them. Of those that have not arrived the first 100 have addresses; ask again for the rest',
    }),
  })
  .meta({ id: 'Upload' });

const UPLOAD_ID = /^[0-9a-f-]{36}\.[1-9]\d{0,8}$/i;
export const ByUploadId = z.object({ uploadId: z.string().regex(UPLOAD_ID) });
