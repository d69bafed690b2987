import { textKey } from '../../common/domain/keys.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { bytes } from '../http/bytes.ts';
import { route } from '../route.ts';
import { ById } from '../schemas.ts';
import { ownDocument, requireArrived } from './own.ts';
import { etagOf, orReplaced, servedDocument, servedRef } from './served.ts';

type Needs = Pick<Ports, 'blobs' | 'documents'>;

export const readContent = (ports: Needs) =>
  route({
    summary: 'Download the original',
    access: 'user',
    params: ById,
    reply: bytes({ ranges: true, elsewhere: true }),
    problems: ['conflict', 'range_not_satisfiable'],
    async handle({ params: { id }, caller }) {
      const document = requireArrived(await ownDocument(ports, caller, id));
      const { fileName, fileSize, fileType, contentSha256, s3Key } = document;
      return {
        fileName,
        mediaType: fileType,
        size: fileSize,
        etag: contentSha256 && `"${contentSha256}"`,
        addressOf: () => ports.blobs.addressOf(s3Key, { fileName, mediaType: fileType }).catch(orReplaced),
        open: (range) => ports.blobs.get(s3Key, range).catch(orReplaced),
      };
    },
  });

export const readText = (ports: Needs) =>
  route({
    summary: 'Read the text that was found in it',
    access: 'user',
    params: ById,
    reply: bytes({ ranges: false, elsewhere: false }),
    problems: ['conflict'],
    async handle({ params: { id }, caller }) {
      const document = await servedDocument(ports, caller, id);
      return {
        mediaType: 'text/plain; charset=utf-8',
        etag: etagOf(document),
        open: () => ports.blobs.get(textKey(servedRef(document))).catch(orReplaced),
      };
    },
  });
