import { s3BlobStore } from '../../common/adapters/aws/s3/s3-blob-store.ts';
import { s3Uploads } from '../../common/adapters/aws/s3/s3-uploads.ts';
import { temporaryBucket } from '../support/aws/temporary-bucket.ts';
import { uploadsContract } from './uploads.contract.ts';
import type { Sending } from './uploads.sending.ts';

const send: Sending['send'] = async ({ url, headers }, body) => {
  const reply = await fetch(url, { method: 'PUT', headers, body: new Uint8Array(body) });
  await reply.text();
  return reply.status;
};

for (const versioned of [true, false]) {
  uploadsContract(`S3, ${versioned ? 'versioned' : 'without versions'}`, async () => {
    const { client, bucket, [Symbol.asyncDispose]: remove } = await temporaryBucket({ versioned });
    const place = { client, bucket };
    return { uploads: s3Uploads(place), blobs: s3BlobStore(place), send, [Symbol.asyncDispose]: remove };
  });
}
