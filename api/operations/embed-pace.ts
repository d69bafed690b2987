import { codeOf, PASSING } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';

/** How fast all workers together embed at present. */
export interface EmbedPace {
  /** Jobs that have still to be embedded, of all users. */
  readonly backlog: number;
  readonly jobsPerMinute: number;
}

const KEPT_MS = 2_000;

/**
 * Asks the ledger and the queue, at most every 2 s however many want to know. Undefined while nothing is embedded, and
 * where nobody counts.
 */
export const embedPace = (
  { queue, quota }: Pick<Ports, 'queue' | 'quota'>,
  now: () => number = Date.now,
): (() => Promise<EmbedPace | undefined>) => {
  let last: { readonly at: number; readonly pace: Promise<EmbedPace | undefined> } | undefined;

  const read = async (): Promise<EmbedPace | undefined> => {
    try {
      const { jobsPerMinute = 0 } = (await quota.state()) ?? {};
      if (jobsPerMinute === 0) return undefined;
      const { visible, inFlight, delayed } = await queue.depth('embed');
      return { backlog: visible + inFlight + delayed, jobsPerMinute };
    } catch (error) {
      if (!PASSING.has(codeOf(error))) throw error;
      return undefined;
    }
  };

  return () => {
    if (last === undefined || now() - last.at >= KEPT_MS) last = { at: now(), pace: read() };
    return last.pace;
  };
};
