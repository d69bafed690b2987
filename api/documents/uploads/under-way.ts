import { AppError } from '../../../common/domain/errors.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import { arrived } from '../../../common/runtime/arrived.ts';
import { endUpload } from '../../../common/runtime/end-upload.ts';
import { json, nothing } from '../../http/reply.ts';
import { route } from '../../route.ts';
import { ownUpload } from './own-upload.ts';
import { ByUploadId, Upload } from './schemas.ts';
import { stateOf } from './state.ts';

export const readUpload = (ports: Pick<Ports, 'pending' | 'uploads'>) =>
  route({
    summary: 'Read which parts of an upload have arrived, with new addresses for those that have not',
    access: 'user',
    params: ByUploadId,
    reply: json(Upload),
    async handle({ params: { uploadId }, caller }) {
      const upload = await ownUpload(ports, caller, uploadId);
      return stateOf(upload, await ports.uploads.arrived(upload.transfer), ports);
    },
  });

export const abandonUpload = (ports: Pick<Ports, 'blobs' | 'documents' | 'pending' | 'queue' | 'uploads'>) =>
  route({
    summary: 'Give an upload up',
    access: 'user',
    params: ByUploadId,
    reply: nothing(204, 'Nothing of it is left; a document that was to get new content stays as it is'),
    problems: ['conflict', 'storage_full'],
    async handle({ params: { uploadId }, caller }) {
      const upload = await ownUpload(ports, caller, uploadId);
      if (await endUpload(upload, ports)) return;
      await arrived(upload, ports);
      throw new AppError('conflict', 'The upload is complete, and its document goes on; delete the document instead.');
    },
  });
