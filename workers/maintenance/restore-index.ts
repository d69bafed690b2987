import { setTimeout as sleep } from 'node:timers/promises';
import type { NextIndex } from '../../common/ports/index-rebuild.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { bookmark } from './bookmark.ts';
import { type Counts, NOTHING, pass, type RestoreNeeds } from './restore-pass.ts';
import type { Place } from './walk.ts';

type Needs = RestoreNeeds & Pick<Ports, 'index' | 'rebuild'>;

/** How far a rebuild has come. */
interface State {
  /** The index that is being filled. */
  readonly name: string;
  readonly isPublished: boolean;
  /** Of this pass; ISO 8601. */
  readonly startedAt: string;
  /** This pass takes the documents that have changed since then; ISO 8601, or '' for all. */
  readonly since: string;
  readonly from?: Place | undefined;
  readonly counts: Counts;
}

export interface Restored extends Counts {
  /** Whether it went on with what a run before it had left. */
  readonly resumed: boolean;
}

interface Options {
  /** How long a completion may take from asking the old index to writing its record. */
  readonly settleMs: number;
}

/** A pass that finds more is followed by another one before the new index is published. */
const FEW = 100;
/** How far clocks may differ. */
const SKEW_MS = 60_000;

/**
 * Rebuilds the whole index from the stored vectors, without one embedding call, beside the one that answers. Passes
 * over the records copy what has changed since the pass before, until little has; then the new one takes the old one's
 * place, and two more passes, one at once and one when all is settled, bring in what came to the old one last. Batches
 * of documents that are just being processed are missed by their completion, and sent again. A killed run goes on. Where
 * there is no second index one pass does.
 */
export const restoreIndex = async (ports: Needs, { settleMs }: Options): Promise<Restored> => {
  const kept = bookmark<State>(ports.blobs, 'restore-index');
  const left = await kept.read();
  const next = left?.isPublished ? undefined : await ports.rebuild.begin();
  const isGoingOn = left !== undefined && (next === undefined || left.name === next.name);
  let state = isGoingOn ? left : firstState(next?.name ?? '');
  const make = async (index: NextIndex | Ports['index']): Promise<number> => {
    const before = copies(state.counts);
    for await (const step of pass(state, { ...ports, index })) {
      state = { ...state, ...step };
      await kept.write(state);
    }
    const copied = copies(state.counts) - before;
    state = followingPass(state);
    await kept.write(state);
    return copied;
  };

  if (next !== undefined) {
    let copied: number;
    do copied = await make(next);
    while (next.isOther && copied > FEW);
    await next.publish();
    state = { ...state, isPublished: true };
    await kept.write(state);
    if (next.isOther) await make(ports.index);
  }
  if (next?.isOther !== false) {
    await sleep(settleMs);
    await make(ports.index);
  }
  await kept.remove();
  return { ...state.counts, resumed: isGoingOn };
};

const copies = ({ documents, again }: Counts): number => documents + again;

const firstState = (name: string): State => ({
  name,
  isPublished: false,
  startedAt: new Date().toISOString(),
  since: '',
  counts: NOTHING,
});

const followingPass = ({ from: _, ...state }: State): State => ({
  ...state,
  since: new Date(Date.parse(state.startedAt) - SKEW_MS).toISOString(),
  startedAt: new Date().toISOString(),
});
