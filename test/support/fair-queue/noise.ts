/**
 * Which groups of a queue are noisy, by the rule that AWS publishes for fair queues of SQS (Developer Guide, "How Amazon
 * SQS fair queues work"): more than 10 % of what is in flight and at least 30 messages, or more than 10 % of the recent
 * processing time; until its backlog is gone, or it has sent nothing for 5 minutes. How recent, it does not say.
 */
export interface Noise {
  sent(group: string): void;
  delivered(group: string): void;
  /** @param backlog its messages that still wait */
  ended(group: string, backlog: number): void;
  isNoisy(group: string): boolean;
  inFlight(group: string): number;
}

const SHARE = 0.1;
const LEAST_IN_FLIGHT = 30;
const SILENT_MS = 300_000;
/** Of what was processed, so long ago counts a third. */
const RECENT_MS = 30_000;

interface Group {
  inFlight: number;
  /** Summed over its messages, up to `at`; older time weighs less. */
  processedMs: number;
  at: number;
  sentAt: number;
  isNoisy: boolean;
}

/** @param now ms, of any beginning */
export const noise = (now: () => number): Noise => {
  const groups = new Map<string, Group>();
  const of = (name: string): Group => {
    const known = groups.get(name) ?? { inFlight: 0, processedMs: 0, at: now(), sentAt: now(), isNoisy: false };
    groups.set(name, known);
    return known;
  };
  const brought = (group: Group): Group => {
    const passed = now() - group.at;
    const kept = Math.exp(-passed / RECENT_MS);
    group.processedMs = group.processedMs * kept + group.inFlight * RECENT_MS * (1 - kept);
    group.at = now();
    return group;
  };
  const sum = (of: (group: Group) => number): number => [...groups.values()].reduce((all, each) => all + of(each), 0);

  const judge = (group: Group): void => {
    const { inFlight, processedMs, sentAt } = brought(group);
    const isCrowd = inFlight >= LEAST_IN_FLIGHT && inFlight > SHARE * sum((each) => each.inFlight);
    const isSlow = processedMs > SHARE * sum((each) => brought(each).processedMs);
    if (isCrowd || isSlow) group.isNoisy = true;
    if (now() - sentAt > SILENT_MS) group.isNoisy = false;
  };

  return {
    sent(name) {
      of(name).sentAt = now();
    },
    delivered(name) {
      brought(of(name)).inFlight += 1;
    },
    ended(name, backlog) {
      const group = brought(of(name));
      group.inFlight -= 1;
      if (backlog === 0) group.isNoisy = false;
    },
    isNoisy(name) {
      const group = of(name);
      judge(group);
      return group.isNoisy;
    },
    inFlight: (name) => of(name).inFlight,
  };
};
