import { partsOfTransfer, type TransferPart } from '../../domain/transfer.ts';
import type { Begun, PartReceiver } from '../../ports/uploads.ts';
import { checkedBody } from './checked-body.ts';
import type { FileBlobStore } from './file-blob-store.ts';
import { fileErrorOf, isMissing, throwFileError } from './file-errors.ts';
import { noSuchAddress, readAddress } from './upload-address.ts';
import type { UploadFolder } from './upload-folder.ts';

interface Settings {
  readonly coming: UploadFolder;
  readonly blobs: Pick<FileBlobStore, 'put'>;
  readonly key: Uint8Array;
  readonly now: () => number;
}

/** Keeps parts until the transfer is completed; what goes in one PUT is an object at once, and its transfer has ended. */
export const partReceiver = ({ coming, blobs, key, now }: Settings): PartReceiver => {
  const find = async (address: string): Promise<{ transfer: Begun; part: TransferPart }> => {
    const { token, partNumber } = readAddress(address, key, now());
    const transfer = await coming.find(token).catch(throwFileError);
    const part = transfer && partsOfTransfer(transfer)[partNumber - 1];
    if (transfer === undefined || part === undefined) throw noSuchAddress();
    return { transfer, part };
  };
  return {
    async receive(address, body) {
      const { transfer, part } = await find(address);
      const checked = checkedBody(body, part);
      const isWhole = transfer.partSize === undefined;
      if (isWhole) {
        await blobs.put(transfer.key, checked, transfer);
        await coming.remove(transfer.token).catch(throwFileError);
      } else await coming.write(transfer.token, part.partNumber, checked).catch(orEnded);
      return { key: transfer.key, isWhole };
    },
  };
};

/** The folder goes when the transfer is completed or aborted meanwhile. */
const orEnded = (error: unknown): never => {
  throw isMissing(error) ? noSuchAddress(error) : fileErrorOf(error);
};
