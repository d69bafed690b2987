import { join } from 'node:path';
import { fileBlobStore } from '../../common/adapters/embedded/file-blob-store.ts';
import { inFolder } from '../support/temporary.ts';
import { blobStoreContract } from './blob-store.contract.ts';

blobStoreContract(
  'files',
  inFolder((folder) => fileBlobStore(join(folder, 'blobs'), join(folder, 'tmp'))),
);
