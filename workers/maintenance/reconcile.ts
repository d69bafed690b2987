import type { Document } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { chunkIdOf } from '../../common/runtime/chunk-id.ts';
import { discard } from '../current.ts';
import { bookmark } from './bookmark.ts';
import { removeOrphans } from './orphans.ts';
import { restoreDocument } from './restore-document.ts';
import { type Place, walkDocuments } from './walk.ts';

export type ReconcileNeeds = Pick<
  Ports,
  'blobs' | 'directory' | 'documents' | 'embedder' | 'index' | 'pointers' | 'progress'
>;

export interface Reconciled {
  /** Ready documents whose chunks in the index were not exactly those that are served; put right. */
  readonly reindexed: number;
  /** Ready documents that lack a blob to put them right with: reprocess or upload them again. At most 1,000. */
  readonly damaged: readonly string[];
  /** Generations in the storage that no record knows; removed. */
  readonly orphans: number;
}

/** How far the walk over the records has come. */
interface State extends Omit<Reconciled, 'orphans'> {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly from?: Place | undefined;
}

const DAMAGED_MOST = 1_000;

/**
 * Holds records, index and blobs against each other, and puts right what it can. A killed run goes on.
 * @param graceMs how long an unknown generation may wait for its record before it counts as an orphan
 */
export const reconcile = async (ports: ReconcileNeeds, { graceMs }: { graceMs: number }): Promise<Reconciled> => {
  const kept = bookmark<State>(ports.blobs, 'reconcile');
  let state = (await kept.read()) ?? { startedAt: new Date().toISOString(), reindexed: 0, damaged: [] };
  const walk = { before: state.startedAt, statuses: ['ready'], from: state.from } as const;
  for await (const { documents, next } of walkDocuments(ports.directory, walk)) {
    for (const document of documents) state = await righted(state, document, ports);
    state = { ...state, from: next };
    if (next !== undefined) await kept.write(state);
  }
  await kept.remove();
  const { reindexed, damaged } = state;
  return { reindexed, damaged, orphans: await removeOrphans(ports, graceMs) };
};

const righted = async (state: State, document: Document, ports: ReconcileNeeds): Promise<State> => {
  if (await isExactlyIndexed(document, ports)) return state;
  if (await reindex(document, ports)) return { ...state, reindexed: state.reindexed + 1 };
  return { ...state, damaged: [...state.damaged, document.documentId].slice(0, DAMAGED_MOST) };
};

const isExactlyIndexed = async (document: Document, { index }: ReconcileNeeds): Promise<boolean> => {
  const wanted = new Set(Array.from({ length: document.chunkCount ?? 0 }, (_, chunk) => chunkIdOf(document, chunk)));
  let after: string | undefined;
  do {
    const page: string[] = await index.chunkIds(document, undefined, after);
    if (page.some((chunkId) => !wanted.delete(chunkId))) return false;
    after = page.at(-1);
  } while (after !== undefined);
  return wanted.size === 0;
};

/** Touches no newer generation, and takes its own back where one has come meanwhile. False when a blob is missing. */
const reindex = async (document: Document, ports: ReconcileNeeds): Promise<boolean> => {
  try {
    for (let old = 1; old <= document.generation; old += 1) await ports.index.delete(document, old);
    const restored = await restoreDocument(document, ports);
    await discard(ports, document);
    return restored === document.chunkCount;
  } catch (error) {
    if (codeOf(error) === 'not_found') return false;
    throw error;
  }
};
