import { randomUUID } from 'node:crypto';
import { partsOfKey } from '../../domain/blob-key.ts';
import { AppError } from '../../domain/errors.ts';
import { partsOfTransfer, pickParts, type TransferPart } from '../../domain/transfer.ts';
import type { Begun, PartReceiver, Uploads } from '../../ports/uploads.ts';
import type { FileBlobStore } from './file-blob-store.ts';
import { isMissing, throwFileError } from './file-errors.ts';
import { partReceiver } from './part-receiver.ts';
import { signAddress } from './upload-address.ts';
import { uploadFolder } from './upload-folder.ts';

const VALID_SECONDS = 3_600;

/** No reader of forms or JSON takes it for its own. */
const HEADERS = { 'content-type': 'application/octet-stream' };

interface Settings {
  /** For what has come of objects that are not whole yet; on the disk of the blobs. */
  readonly folder: string;
  readonly blobs: Pick<FileBlobStore, 'put' | 'remove' | 'sizeOf'>;
  /** Signs the addresses; the same in all processes, and over restarts. */
  readonly key: Uint8Array;
  /** Where clients reach the API, without a '/' at its end; absent: addresses are paths. */
  readonly baseUrl?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/**
 * Uploads to addresses of the API itself, which take their signature for a login. All state is on the disk: several
 * processes may share it. Completing copies the parts: for a while the object is there twice.
 */
export const fileUploads = ({ folder, blobs, key, baseUrl = '', now = Date.now }: Settings): Uploads & PartReceiver => {
  const coming = uploadFolder(folder);
  const isObjectThere = async (transfer: Begun) => (await blobs.sizeOf(transfer.key)) === transfer.size;
  const requireObject = async (transfer: Begun): Promise<void> => {
    if (!(await isObjectThere(transfer))) throw new AppError('not_found', 'There is no such upload. Begin anew.');
  };
  const putTogether = async (transfer: Begun, { parts, held }: Record<'parts' | 'held', TransferPart[]>) => {
    if (held.length < parts.length) throw incomplete(parts.length - held.length);
    try {
      await blobs.put(transfer.key, coming.read(transfer.token, parts), transfer);
    } catch (error) {
      if (!isMissing(error)) throw error;
      await requireObject(transfer); // another has put them together meanwhile
    }
  };
  /** Undefined when the transfer has ended, as one does that a single PUT made whole. */
  const heldOf = async (transfer: Begun): Promise<TransferPart[] | undefined> => {
    if (transfer.partSize === undefined && (await isObjectThere(transfer))) return undefined;
    return coming.held(transfer.token, partsOfTransfer(transfer)).catch(throwFileError);
  };
  return {
    ...partReceiver({ coming, blobs, key, now }),
    async begin(transfer) {
      partsOfKey(transfer.key);
      partsOfTransfer(transfer);
      const begun = { ...transfer, token: randomUUID() };
      await coming.begin(begun).catch(throwFileError);
      return begun;
    },
    async requests(transfer, partNumbers) {
      const expires = Math.floor(now() / 1_000) + VALID_SECONDS;
      return pickParts(partsOfTransfer(transfer), partNumbers).map(({ partNumber }) => ({
        partNumber,
        url: `${baseUrl}${signAddress({ token: transfer.token, partNumber, expires }, key)}`,
        headers: HEADERS,
        expiresAt: new Date(expires * 1_000).toISOString(),
      }));
    },
    async arrived(transfer) {
      const parts = partsOfTransfer(transfer);
      const held = await heldOf(transfer);
      const there = held ?? ((await isObjectThere(transfer)) ? parts : []);
      return there.map(({ partNumber }) => partNumber);
    },
    async complete(transfer) {
      const parts = partsOfTransfer(transfer);
      const held = await heldOf(transfer);
      if (held === undefined) await requireObject(transfer);
      else await putTogether(transfer, { parts, held });
      await coming.remove(transfer.token).catch(throwFileError);
    },
    async abort(transfer) {
      await coming.remove(transfer.token).catch(throwFileError);
      await blobs.remove(transfer.key);
    },
  };
};

const incomplete = (missing: number) =>
  new AppError('conflict', `${missing} part(s) have not arrived. Ask what is there, and send the rest.`);
