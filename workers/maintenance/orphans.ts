import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentRef } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import { generationFolders } from '../../common/domain/keys.ts';
import type { BlobStore } from '../../common/ports/blob-store.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { retirePointers } from '../vectors/retire.ts';

export type OrphanNeeds = Pick<Ports, 'blobs' | 'documents' | 'pointers' | 'progress'>;

/** More wait for the next run. */
const SUSPECTS_MOST = 10_000;
const AFTER_ALL = '\u{10ffff}';

/**
 * Removes generations from the storage that no record knows. Asks twice, with the grace in between: an upload puts its
 * blob before it writes its record. Returns how many.
 */
export const removeOrphans = async (ports: OrphanNeeds, graceMs: number): Promise<number> => {
  const suspects: DocumentRef[] = [];
  for await (const ref of generationsIn(ports.blobs)) {
    if (!(await isKnown(ref, ports))) suspects.push(ref);
    if (suspects.length === SUSPECTS_MOST) break;
  }
  if (suspects.length > 0) await sleep(graceMs);
  let removed = 0;
  for (const ref of suspects) {
    if (await isKnown(ref, ports)) continue;
    await retirePointers(ports, ref);
    for (const folder of generationFolders(ref)) await ports.blobs.deleteAll(folder);
    await ports.progress.remove(ref);
    removed += 1;
  }
  return removed;
};

/** A generation that is served, or processed, or still arriving. */
const isKnown = async (ref: DocumentRef, { documents }: OrphanNeeds): Promise<boolean> => {
  try {
    const { generation, servedGeneration } = await documents.get(ref);
    return ref.generation >= generation || ref.generation === servedGeneration;
  } catch (error) {
    if (codeOf(error) === 'not_found') return false;
    throw error;
  }
};

async function* generationsIn(blobs: BlobStore): AsyncGenerator<DocumentRef> {
  for (const prefix of ['documents/', 'processed/']) {
    let seen = '';
    for (let after: string | undefined = ''; after !== undefined; ) {
      const keys = await blobs.list(prefix, after);
      for (const folder of new Set(keys.map(folderOf))) if (folder > seen) yield refOf(folder);
      seen = folderOf(keys.at(-1) ?? prefix);
      const isOneGeneration = keys[0] !== undefined && folderOf(keys[0]) === seen;
      after = isOneGeneration ? seen + AFTER_ALL : keys.at(-1);
    }
  }
}

/** documents/{userId}/{documentId}/{generation}/ */
const folderOf = (key: string): string => `${key.split('/', 4).join('/')}/`;

const refOf = (folder: string): DocumentRef => {
  const [, userId = '', documentId = '', generation] = folder.split('/');
  return { userId, documentId, generation: Number(generation) };
};
