import type { PublicDocument } from '../../../../common/domain/document.ts';
import { AppError, codeOf } from '../../../../common/domain/errors.ts';
import { uploadIdOf } from '../../../../common/domain/upload-id.ts';
import { orUndefined } from '../../../../common/runtime/or-undefined.ts';
import type { DirectCalls, DirectUpload } from '../../client/direct-calls.ts';
import type { Patience } from '../../client/patience.ts';
import type { LocalFile } from '../local-file.ts';
import { checksumsOf, cut, partSizeFor, type Stretch } from './cut.ts';
import { sendMissing } from './send-missing.ts';

/** One large file that goes past the API. */
export interface SendingDirectly {
  readonly direct: DirectCalls;
  readonly fileName: string;
  readonly file: LocalFile;
  readonly tags: readonly string[];
  readonly signal: AbortSignal;
  readonly onPart: (part: number) => void;
  readonly patience: Patience;
}

interface Plan {
  /** Absent where one PUT takes the whole. */
  readonly partSize: number | undefined;
  readonly stretches: readonly Stretch[];
  readonly checksums: readonly string[];
}

const planOf = async (file: LocalFile, signal: AbortSignal): Promise<Plan> => {
  const partSize = partSizeFor(file.size);
  const stretches = cut(file.size, partSize);
  const checksums = await checksumsOf(file, stretches, signal);
  return { partSize: stretches.length > 1 ? partSize : undefined, stretches, checksums };
};

const isOf = (upload: DirectUpload, { partSize, checksums }: Plan, size: number): boolean =>
  upload.fileSize === size &&
  upload.partSize === partSize &&
  upload.parts.length === checksums.length &&
  upload.parts.every(({ checksum }, index) => checksum === checksums[index]);

/** The first upload of a document that has nothing else: the one of this name that was broken off. */
export const firstUploadOf = ({ documentId }: Pick<PublicDocument, 'documentId'>): string =>
  uploadIdOf({ documentId, generation: 1 });

/** Gives up an upload of which there may be nothing any more, or of which all is there. */
export const giveUp = async (direct: DirectCalls, uploadId: string, signal: AbortSignal): Promise<void> => {
  try {
    await direct.abandon(uploadId, signal);
  } catch (error) {
    if (!['not_found', 'conflict'].includes(codeOf(error))) throw error;
  }
};

/**
 * Sends a file in parts past the API: to the document that is to get new content, to a new one, or to one whose upload
 * under this name was broken off. That is resumed where it is of the same bytes, and else given up. What it has begun
 * itself it remembers: the next try goes on with it.
 */
export const directSender = ({ direct, fileName, file, tags, signal, onPart, patience }: SendingDirectly) => {
  let planned: Plan | undefined;
  let begun: string | undefined;

  /** Undefined where there is no such upload any more. */
  const finish = async (upload: DirectUpload, { stretches }: Plan): Promise<PublicDocument | undefined> => {
    begun = upload.uploadId;
    await sendMissing(upload, { direct, file, stretches, onPart, patience });
    return direct.complete(upload.uploadId, signal).catch(orUndefined('not_found'));
  };

  const resume = async (uploadId: string, plan: Plan): Promise<PublicDocument | undefined> => {
    const upload = await direct.read(uploadId, signal).catch(orUndefined('not_found'));
    if (upload !== undefined && isOf(upload, plan, file.size)) return finish(upload, plan);
    if (upload !== undefined) await giveUp(direct, uploadId, signal);
    else if (uploadId !== begun) throw changed();
    // It may be complete, and only the answer to that was lost.
    else return direct.complete(uploadId, signal).catch(orUndefined('not_found'));
    return undefined;
  };

  return async (existing: PublicDocument | undefined): Promise<PublicDocument> => {
    planned ??= await planOf(file, signal);
    const isBrokenOff = existing?.status === 'uploading';
    const earlier = begun ?? (isBrokenOff ? firstUploadOf(existing) : undefined);
    const resumed = earlier && (await resume(earlier, planned));
    if (resumed) return resumed;
    const { partSize, checksums } = planned;
    const target = existing === undefined || isBrokenOff ? { tags } : { documentId: existing.documentId };
    const upload = await direct.begin({ fileName, fileSize: file.size, partSize, checksums, ...target }, signal);
    const sent = await finish(upload, planned);
    if (sent === undefined) throw changed();
    return sent;
  };
};

const changed = () => new AppError('unavailable', 'The upload has just been ended by somebody else. Try again.');
