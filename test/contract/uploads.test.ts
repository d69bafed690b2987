import { join } from 'node:path';
import { fileBlobStore } from '../../common/adapters/embedded/file-blob-store.ts';
import { fileUploads } from '../../common/adapters/embedded/file-uploads.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { PartReceiver } from '../../common/ports/uploads.ts';
import { bytes } from '../support/bytes.ts';
import { inFolder } from '../support/temporary.ts';
import { uploadsContract } from './uploads.contract.ts';
import type { Sending } from './uploads.sending.ts';

const STATUS: Record<string, number> = { invalid: 400, not_found: 404 };

/** In pieces, as a connection gives them. */
const sendTo =
  ({ receive }: PartReceiver): Sending['send'] =>
  ({ url }, body) =>
    receive(url, bytes(body.subarray(0, 65_536), body.subarray(65_536))).then(
      () => 200,
      (error) => STATUS[codeOf(error)] ?? 500,
    );

uploadsContract(
  'files',
  inFolder((folder) => {
    const blobs = fileBlobStore(join(folder, 'blobs'), join(folder, 'tmp'));
    const uploads = fileUploads({ folder: join(folder, 'uploads'), blobs, key: Buffer.alloc(32, 'key') });
    return { uploads, blobs, send: sendTo(uploads) };
  }),
);
