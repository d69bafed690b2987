import type { Document, DocumentRef } from '../../../common/domain/document.ts';
import { generationFolders } from '../../../common/domain/keys.ts';
import { originalPlaceOf } from '../../../common/domain/original-place.ts';
import type { Message } from '../../../common/ports/job-queue.ts';
import { type ArrivedNeeds, arrived } from '../../../common/runtime/arrived.ts';
import { findDocument } from '../../current.ts';
import { type AdoptNeeds, adopt } from './adopt.ts';
import type { Arrival } from './s3-event.ts';

export type ArriveNeeds = ArrivedNeeds & AdoptNeeds;

export interface ArrivalsJob {
  readonly arrivals: readonly Arrival[];
  /** How often they were looked at before, and nobody knew of them. */
  readonly looks?: number | undefined;
}

/** A moment, and then longer than any request takes from its file to its record: the longest delay that SQS knows. */
const LOOK_AGAIN_SECONDS = [10, 900] as const;

/**
 * Sends originals that S3 has announced on their way: those that were uploaded past the API, and those that somebody
 * copied to the bare path. What comes through the API sends its own job. An event may come twice, and late.
 */
export const arrive = async ({ arrivals, looks = 0 }: ArrivalsJob, ports: ArriveNeeds): Promise<Message[]> => {
  const messages: Message[] = [];
  for (const arrival of arrivals) {
    const place = originalPlaceOf(arrival.key);
    if (place === undefined) continue;
    const { generation } = place;
    if (generation === undefined) messages.push(...(await adopt(arrival, place, ports)));
    else if (await isUnknown({ ...place, generation }, ports)) {
      messages.push(...(await lookAgain(arrival, { ref: { ...place, generation }, looks }, ports)));
    }
  }
  return messages;
};

/** True where no record knows of it, or none does yet. */
const isUnknown = async (ref: DocumentRef, ports: ArriveNeeds): Promise<boolean> => {
  if (await arrived(ref, ports)) return false;
  const place = placeIn(await findDocument(ports, ref), ref);
  if (place === 'over') await eraseBlobs(ref, ports);
  return place === 'to come';
};

/**
 * What no record came to know is erased: the bytes of an upload that was given up, or of a document that is deleted,
 * can come in as long as their address is valid.
 */
const lookAgain = async (
  arrival: Arrival,
  { ref, looks }: { ref: DocumentRef; looks: number },
  ports: ArriveNeeds,
): Promise<Message[]> => {
  const delaySeconds = LOOK_AGAIN_SECONDS[looks];
  if (delaySeconds === undefined) {
    await eraseBlobs(ref, ports);
    return [];
  }
  const body: ArrivalsJob = { arrivals: [arrival], looks: looks + 1 };
  return [{ stage: 'extract', group: ref.userId, body, delaySeconds }];
};

const eraseBlobs = async (ref: DocumentRef, { blobs }: ArriveNeeds): Promise<void> => {
  for (const folder of generationFolders(ref)) await blobs.deleteAll(folder);
};

const placeIn = (document: Document | undefined, { generation }: DocumentRef): 'known' | 'to come' | 'over' => {
  if (document === undefined) return 'to come';
  if (document.deletedAt !== undefined) return 'over';
  if (generation === document.generation || generation === document.servedGeneration) return 'known';
  return generation > document.generation ? 'to come' : 'over';
};
