import { s3BlobStore } from '../../common/adapters/aws/s3/s3-blob-store.ts';
import { temporaryBucket } from '../support/aws/temporary-bucket.ts';
import { blobStoreContract } from './blob-store.contract.ts';

for (const versioned of [true, false]) {
  blobStoreContract(`S3, ${versioned ? 'versioned' : 'without versions'}`, async () => {
    const { client, bucket, [Symbol.asyncDispose]: remove } = await temporaryBucket({ versioned });
    return { ...s3BlobStore({ client, bucket }), [Symbol.asyncDispose]: remove };
  });
}
