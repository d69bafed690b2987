import { randomUUID } from 'node:crypto';
import { originalKey } from '../../common/domain/keys.ts';
import type { PendingUpload } from '../../common/ports/upload-store.ts';
import { aRef } from './documents.ts';

const PART_SIZE = 5 * 1024 ** 2;

/** An upload in two parts that has just begun; `changes` replace whole fields. */
export const aPendingUpload = (changes: Partial<PendingUpload> = {}): PendingUpload => {
  const ref = aRef(changes);
  const transfer = {
    key: originalKey(ref, 'txt'),
    fileName: 'manual.txt',
    mediaType: 'text/plain',
    size: PART_SIZE + 1,
    partSize: PART_SIZE,
    checksums: [`${'A'.repeat(43)}=`, `${'B'.repeat(42)}E=`],
    token: randomUUID(),
  };
  return { ...ref, startedAt: changes.startedAt ?? new Date().toISOString(), transfer: changes.transfer ?? transfer };
};
