import { type ArrivedNeeds, arrived } from '../../common/runtime/arrived.ts';
import { endUpload } from '../../common/runtime/end-upload.ts';
import { everyPage } from '../../common/runtime/every-page.ts';

export type ExpireNeeds = ArrivedNeeds;

/**
 * Gives up the uploads that were started before `before` (ISO 8601). One whose original is all there goes on: a crash
 * has cut it off in its last step. Returns how many were given up.
 */
export const expireUploads = async (ports: ExpireNeeds, before: string): Promise<number> => {
  let ended = 0;
  for await (const upload of everyPage((cursor) => ports.pending.startedBefore(before, cursor))) {
    if (await arrived(upload, ports)) continue;
    if (await endUpload(upload, ports)) ended += 1;
    else await ports.pending.remove(upload); // its document has gone on long ago
  }
  return ended;
};
