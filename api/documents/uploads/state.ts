import type { z } from 'zod';
import { uploadIdOf } from '../../../common/domain/upload-id.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import type { PendingUpload } from '../../../common/ports/upload-store.ts';
import type { Given } from '../../http/reply.ts';
import type { Upload } from './schemas.ts';

const ADDRESSES_MOST = 100;

/** What a client needs to go on. @param there the numbers of the parts that have arrived */
export const stateOf = async (
  upload: PendingUpload,
  there: readonly number[],
  { uploads }: Pick<Ports, 'uploads'>,
): Promise<Given<z.input<typeof Upload>>> => {
  const { documentId, transfer } = upload;
  const { fileName, size: fileSize, partSize, checksums } = transfer;
  const arrived = new Set(there);
  const missing = checksums.map((_, index) => index + 1).filter((partNumber) => !arrived.has(partNumber));
  const requests = await uploads.requests(transfer, missing.slice(0, ADDRESSES_MOST));
  const addresses = new Map(requests.map((request) => [request.partNumber, request]));
  const parts = checksums.map((checksum, index) => {
    const partNumber = index + 1;
    return { partNumber, checksum, arrived: arrived.has(partNumber), ...addresses.get(partNumber) };
  });
  return { uploadId: uploadIdOf(upload), documentId, fileName, fileSize, partSize, parts };
};
