import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { partsOfFolder, partsOfKey } from '../../../domain/blob-key.ts';
import type { BlobStore } from '../../../ports/blob-store.ts';
import { abortUnfinished } from './abort-unfinished.ts';
import { addressOfObject } from './address.ts';
import { decodedKey } from './decoded-key.ts';
import type { Place } from './place.ts';
import { readObject } from './read-object.ts';
import { removeObjects } from './remove-objects.ts';
import { throwS3 } from './s3-errors.ts';
import { writeObject } from './write-object.ts';

const PAGE = 1_000;

/** Objects of one bucket, versioned or not, under their keys. */
export const s3BlobStore = (place: Place): BlobStore => ({
  async put(key, body, about = {}) {
    partsOfKey(key);
    return writeObject(place, { key, body, about });
  },
  async get(key, range) {
    partsOfKey(key);
    return readObject(place, key, range);
  },
  async list(prefix, after) {
    partsOfFolder(prefix);
    const asked = {
      Bucket: place.bucket,
      Prefix: prefix,
      StartAfter: after,
      MaxKeys: PAGE,
      EncodingType: 'url',
    } as const;
    const { Contents = [] } = await place.client.send(new ListObjectsV2Command(asked)).catch(throwS3(prefix));
    return Contents.map(({ Key }) => decodedKey(Key));
  },
  async deleteAll(prefix) {
    partsOfFolder(prefix);
    await abortUnfinished(place, prefix); // first: one that ends meanwhile is an object by then
    return removeObjects(place, prefix);
  },
  async addressOf(key, about) {
    partsOfKey(key);
    return addressOfObject(place, key, about);
  },
});
