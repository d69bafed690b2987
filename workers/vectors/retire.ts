import { CHUNKS_PER_BATCH } from '../../common/domain/chunk.ts';
import type { DocumentRef } from '../../common/domain/document.ts';
import { workFolder } from '../../common/domain/keys.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { VectorPointer } from '../../common/ports/vector-pointers.ts';
import { orUndefined } from '../../common/runtime/or-undefined.ts';
import { readVectorsHead } from '../batch.ts';
import { openStoredVectors } from './stored.ts';

type Needs = Pick<Ports, 'blobs' | 'pointers'>;

/**
 * Before the vectors of a generation go: texts that its successor has too point there from now on, the other pointers
 * to it are removed. It finds them by the hashes that lie beside the vectors, so it comes before the blobs go.
 * @param successor one that is served
 */
export const retirePointers = async (ports: Needs, ref: DocumentRef, successor?: DocumentRef): Promise<void> => {
  let places: Promise<Map<string, number>> | undefined;
  for await (const textHashes of textHashesOf(ports.blobs, ref)) {
    const pointers = await pointersTo(ref, textHashes, ports);
    if (pointers.length === 0) continue;
    places ??= placesIn(ports.blobs, successor);
    await movePointers(pointers, { ...ports, userId: ref.userId, successor, places: await places });
  }
};

/** Removes those of the texts' pointers that lead to this generation. */
export const removePointers = async (
  { pointers }: Pick<Needs, 'pointers'>,
  ref: DocumentRef,
  textHashes: readonly string[],
): Promise<void> => {
  const leading = await pointersTo(ref, textHashes, { pointers });
  await pointers.remove(
    ref.userId,
    leading.map(({ textHash }) => textHash),
  );
};

const pointersTo = async (
  { userId, documentId, generation }: DocumentRef,
  textHashes: readonly string[],
  { pointers }: Pick<Needs, 'pointers'>,
): Promise<VectorPointer[]> =>
  (await pointers.find(userId, textHashes)).filter(
    (pointer) => pointer.documentId === documentId && pointer.generation === generation,
  );

interface Moving extends Needs {
  readonly userId: string;
  readonly successor: DocumentRef | undefined;
  /** textHash -> chunkIndex in the successor */
  readonly places: ReadonlyMap<string, number>;
}

const movePointers = async (found: readonly VectorPointer[], { pointers, userId, successor, places }: Moving) => {
  const moved: VectorPointer[] = [];
  const gone: string[] = [];
  for (const { textHash } of found) {
    const chunkIndex = places.get(textHash);
    if (successor === undefined || chunkIndex === undefined) gone.push(textHash);
    else moved.push({ ...successor, textHash, chunkIndex });
  }
  if (moved.length > 0) await pointers.put(userId, moved);
  if (gone.length > 0) await pointers.remove(userId, gone);
};

const placesIn = async (blobs: BlobStore, ref: DocumentRef | undefined): Promise<Map<string, number>> => {
  const places = new Map<string, number>();
  if (ref === undefined) return places;
  let chunkIndex = 0;
  for await (const textHashes of textHashesOf(blobs, ref)) {
    for (const textHash of textHashes) places.set(textHash, chunkIndex++);
  }
  return places;
};

/** A generation's, a batch at a time, in order where it is served; of others, those that have come so far. */
async function* textHashesOf(blobs: BlobStore, ref: DocumentRef): AsyncGenerator<readonly string[]> {
  const stored = await openStoredVectors(blobs, ref).catch(orUndefined('not_found'));
  if (stored === undefined) return yield* hashesInWork(blobs, ref);
  const { chunkCount } = stored.head;
  for (let first = 0; first < chunkCount; first += READ_AT_ONCE) {
    const textHashes = await stored.textHashes(first, Math.min(first + READ_AT_ONCE, chunkCount));
    for (let at = 0; at < textHashes.length; at += CHUNKS_PER_BATCH) yield textHashes.slice(at, at + CHUNKS_PER_BATCH);
  }
}

/** Of 47 bytes each. */
const READ_AT_ONCE = 192 * CHUNKS_PER_BATCH;

async function* hashesInWork(blobs: BlobStore, ref: DocumentRef): AsyncGenerator<readonly string[]> {
  const files = `${workFolder(ref)}vectors-`;
  let after: string | undefined = files;
  while (after !== undefined) {
    const keys = await blobs.list(workFolder(ref), after);
    for (const key of keys) {
      if (!key.startsWith(files)) return;
      const head = await readVectorsHead(blobs, key).catch(orUndefined('not_found'));
      if (head !== undefined) yield head.textHashes;
    }
    after = keys.at(-1);
  }
}
