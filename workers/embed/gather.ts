import type { BatchJob } from '../../common/domain/job.ts';
import type { Vector } from '../../common/domain/vector.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { vectorsAtHand } from './at-hand.ts';
import type { Claim, Claims } from './claims.ts';
import type { Gathered } from './gathered.ts';
import { keeper, keptVectors } from './kept.ts';
import { makeVectors } from './make.ts';

interface Gathering extends Pick<Ports, 'blobs' | 'embedder' | 'pointers'> {
  readonly gathered: Gathered;
  readonly signal: AbortSignal;
  readonly claims: Claims;
  /** How soon to put aside what has come of a batch. */
  readonly keepAfterMs: number;
}

/**
 * Gathers the vectors of unlike texts: from where pointers lead, from what is kept of the batch, from another job that
 * is at the text, and for the rest from the embedder. Dispose what it returns when the pointers to them are there.
 * @param texts textHash -> text
 */
export const gatherVectors = async (
  job: BatchJob,
  texts: ReadonlyMap<string, string>,
  gathering: Gathering,
): Promise<Disposable> => {
  const { claims, gathered, signal } = gathering;
  using stack = new DisposableStack();
  const missing = (): string[] => [...texts.keys()].filter((textHash) => !gathered.vectors.has(textHash));
  while (missing().length > 0) {
    signal.throwIfAborted();
    const claim = stack.use(claims.claim(job.userId, missing()));
    await gatherMine(job, claim, { ...gathering, texts });
    for (const [textHash, coming] of claim.others) {
      const vector = await coming; // undefined where that job gives up
      if (vector !== undefined) gathered.vectors.set(textHash, vector);
    }
  }
  return stack.move();
};

type Mine = Gathering & { readonly texts: ReadonlyMap<string, string> };

const gatherMine = async (job: BatchJob, { mine, give }: Claim, { texts, ...gathering }: Mine): Promise<void> => {
  const { vectors, kept, elsewhere } = gathering.gathered;
  const receive = (come: ReadonlyMap<string, Vector>): void => {
    for (const [textHash, vector] of come) {
      vectors.set(textHash, vector);
      give(textHash, vector);
    }
  };
  const missing = (): string[] => mine.filter((textHash) => !vectors.has(textHash));
  if (mine.length === 0) return;
  const atHand = await vectorsAtHand(job, mine, gathering);
  for (const textHash of atHand.elsewhere) elsewhere.add(textHash);
  receive(atHand.vectors);
  if (missing().length === 0) return;
  const earlier = await keptVectors(job, gathering);
  const ofUse = new Map([...earlier.vectors].filter(([textHash]) => missing().includes(textHash)));
  for (const textHash of ofUse.keys()) kept.add(textHash);
  receive(ofUse);
  const unmade = new Map(missing().map((textHash) => [textHash, texts.get(textHash) as string]));
  await make(job, unmade, { ...gathering, receive, parts: earlier.parts });
};

interface Making extends Gathering {
  readonly receive: (come: ReadonlyMap<string, Vector>) => void;
  /** Files that hold what was kept. */
  readonly parts: number;
}

const make = async (job: BatchJob, texts: ReadonlyMap<string, string>, making: Making): Promise<void> => {
  const { blobs, embedder, gathered, keepAfterMs: afterMs, parts, receive, signal } = making;
  const keeping = keeper(job, { blobs, embedder }, { parts, coming: texts.size, afterMs });
  const onVectors = (come: ReadonlyMap<string, Vector>): void => {
    for (const textHash of come.keys()) gathered.made.add(textHash);
    receive(come);
    if (!signal.aborted) keeping.add(come);
  };
  try {
    await makeVectors(texts, { embedder, group: job.userId, signal, onVectors });
  } finally {
    await keeping.done();
  }
};
