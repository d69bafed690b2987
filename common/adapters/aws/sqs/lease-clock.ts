export interface LeaseClock {
  /** How often to look: `lapse` may come so much early, never late. */
  readonly tickMs: number;
  /** A message that has just come. The signal aborts when its lease is lost. */
  take(receipt: string): AbortSignal;
  /** Settled: nothing more is to be known of it. */
  release(receipt: string): void;
  isHeld(receipt: string): boolean;
  /** Those whose visibility timeout has run for a third. */
  due(): string[];
  /** @param since when the renewal was asked for, by `now` */
  renewed(receipt: string, since: number): void;
  lose(receipt: string): void;
  /** Loses those whose visibility ends before the next look. */
  lapse(): void;
}

interface Held {
  readonly controller: AbortController;
  endsAt: number;
}

const TICKS = 12;

/**
 * Which messages are ours, and until when, judged by our own clock: a process that was frozen or cut off cannot know
 * that a message went to somebody else, but it can know that it may have.
 * @param now monotonic, in ms
 */
export const leaseClock = (visibilityMs: number, now: () => number): LeaseClock => {
  const leases = new Map<string, Held>();
  const tickMs = visibilityMs / TICKS;
  const lose = (receipt: string) => leases.get(receipt)?.controller.abort();
  const those = (matches: (held: Held) => boolean) =>
    [...leases].filter(([, held]) => !held.controller.signal.aborted && matches(held)).map(([receipt]) => receipt);
  return {
    tickMs,
    take(receipt) {
      const controller = new AbortController();
      leases.set(receipt, { controller, endsAt: now() + visibilityMs });
      return controller.signal;
    },
    release: (receipt) => void leases.delete(receipt),
    isHeld(receipt) {
      const held = leases.get(receipt);
      if (held === undefined) return false;
      if (held.endsAt <= now()) held.controller.abort();
      return !held.controller.signal.aborted;
    },
    due: () => those(({ endsAt }) => endsAt - now() <= (visibilityMs * 2) / 3),
    renewed(receipt, since) {
      const held = leases.get(receipt);
      if (held !== undefined) held.endsAt = Math.max(held.endsAt, since + visibilityMs);
    },
    lose,
    lapse() {
      for (const receipt of those(({ endsAt }) => endsAt - now() <= tickMs)) lose(receipt);
    },
  };
};
