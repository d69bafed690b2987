import { codeOf } from '../../common/domain/errors.ts';
import { STAGE_NAMES } from '../../common/domain/stage-name.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { carryOut } from '../../common/runtime/delete-document.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { orUndefined } from '../../common/runtime/or-undefined.ts';
import { type ExpireNeeds, expireUploads } from './expire-uploads.ts';

export type SweepNeeds = ExpireNeeds & Pick<Ports, 'directory' | 'progress' | 'receipts'>;

const UPLOAD_MS_MOST = 24 * 3_600_000;

/** What one sweep has put right. */
export interface Swept {
  readonly resent: number;
  readonly deletionsResumed: number;
  readonly uploadsEnded: number;
}

/**
 * Finds what a crash between a record and its message has left: no queue holds a message as old as it, so none is on
 * its way. Its job is sent again; a job that comes twice does no harm.
 * @param graceMs added to the age of the oldest message, for clocks that differ and messages just being sent
 */
export const sweep = async (ports: SweepNeeds, { graceMs }: { graceMs: number }): Promise<Swept> => {
  const lostBefore = new Date(Date.now() - graceMs - (await oldestMs(ports))).toISOString();
  return {
    resent: await resendLost(ports, lostBefore),
    deletionsResumed: await resumeDeletions(ports, lostBefore),
    uploadsEnded: await endUploads(ports, new Date(Date.now() - UPLOAD_MS_MOST).toISOString()),
  };
};

/** In the direction of the flow: a job that moves on meanwhile is seen in one queue or the other. */
const oldestMs = async ({ queue }: SweepNeeds): Promise<number> => {
  let oldest = 0;
  for (const stage of STAGE_NAMES) oldest = Math.max(oldest, (await queue.depth(stage)).oldestSeconds * 1_000);
  return oldest;
};

const resendLost = async (ports: SweepNeeds, before: string): Promise<number> => {
  let resent = 0;
  for await (const document of everyPage((cursor) => ports.directory.inStatus('processing', before, cursor))) {
    const progress = await ports.progress.get(document);
    if (document.updatedAt >= before || (progress?.updatedAt ?? '') >= before) continue;
    const { userId, documentId, generation } = document;
    await ports.queue.send([{ stage: 'extract', group: userId, body: { userId, documentId, generation } }]);
    resent += 1;
  }
  return resent;
};

const resumeDeletions = async (ports: SweepNeeds, before: string): Promise<number> => {
  let resumed = 0;
  for await (const receipt of everyPage((cursor) => ports.receipts.pending(before, cursor))) {
    await carryOut(receipt, ports);
    resumed += 1;
  }
  return resumed;
};

/** Those that are pending; and records that wait for an upload of which nothing else is known. */
const endUploads = async (ports: SweepNeeds, before: string): Promise<number> => {
  const errorMessage = 'The upload did not arrive within a day. Upload the file again.';
  let ended = await expireUploads(ports, before);
  for await (const document of everyPage((cursor) => ports.directory.inStatus('uploading', before, cursor))) {
    if ((await ports.pending.get(document).catch(orUndefined('not_found'))) !== undefined) continue;
    try {
      await ports.documents.change(document, { status: 'error', processingStatus: { errorMessage } });
      ended += 1;
    } catch (error) {
      if (codeOf(error) !== 'stale') throw error; // it has arrived after all
    }
  }
  return ended;
};
