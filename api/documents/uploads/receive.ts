import { z } from 'zod';
import type { DocumentRef } from '../../../common/domain/document.ts';
import { AppError } from '../../../common/domain/errors.ts';
import { originalPlaceOf } from '../../../common/domain/original-place.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import { arrived } from '../../../common/runtime/arrived.ts';
import { orUndefined } from '../../../common/runtime/or-undefined.ts';
import { rawBody } from '../../http/raw-body.ts';
import { nothing } from '../../http/reply.ts';
import { route } from '../../route.ts';
import type { UploadSettings } from '../create.ts';
import { removeGeneration } from '../original.ts';

type Needs = Pick<Ports, 'blobs' | 'documents' | 'pending' | 'queue' | 'receiver' | 'uploads'>;

const refAt = (key: string): DocumentRef => {
  const { userId, documentId, generation } = originalPlaceOf(key) ?? {};
  if (userId === undefined || documentId === undefined || generation === undefined)
    throw new Error(`${key} was given out, and is no place of an original`);
  return { userId, documentId, generation };
};

/** Whether somebody waits for this content, or has it. */
const isWanted = async (ref: DocumentRef, { documents, pending }: Needs): Promise<boolean> => {
  if ((await pending.get(ref).catch(orUndefined('not_found'))) !== undefined) return true;
  const document = await documents.get(ref).catch(orUndefined('not_found'));
  if (document === undefined || document.deletedAt !== undefined) return false;
  return document.generation === ref.generation || document.servedGeneration === ref.generation;
};

export const receivePart = (ports: Needs, { maxUploadBytes }: UploadSettings) =>
  route({
    summary: 'Send a part, to the very address that the upload has given for it',
    access: 'public', // the address is signed
    params: z.object({ token: z.string(), partNumber: z.string() }),
    body: rawBody({ maxBytes: maxUploadBytes }),
    reply: nothing(204, 'It is here, and its checksum is right'),
    problems: ['storage_full'],
    async handle({ body: { address, bytes } }) {
      const { key, isWhole } = await ports.receiver.receive(address, bytes);
      if (!isWhole) return;
      const ref = refAt(key);
      if ((await arrived(ref, ports)) || (await isWanted(ref, ports))) return;
      await removeGeneration(ports.blobs, ref);
      throw new AppError('not_found', 'This upload was given up meanwhile; begin a new one.');
    },
  });
