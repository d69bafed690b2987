import type { LeaseClock } from './lease-clock.ts';
import type { Receipts } from './receipts.ts';
import { isRefused } from './sqs-errors.ts';

export interface Heartbeat extends Disposable {
  /** Resolves when no renewal is on its way: one that comes late would hide what was given back meanwhile. */
  rest(): Promise<void>;
}

interface Beating {
  readonly clock: LeaseClock;
  readonly receipts: Receipts;
  readonly visibilitySeconds: number;
  readonly now: () => number;
}

/** Renews what is held, a third into its visibility timeout, in batches; and loses what could not be renewed in time. */
export const startHeartbeat = ({ clock, receipts, visibilitySeconds, now }: Beating): Heartbeat => {
  let beating: Promise<unknown> | undefined;
  const renew = async (receipt: string): Promise<void> => {
    const since = now();
    try {
      await receipts.hide(receipt, visibilitySeconds);
      clock.renewed(receipt, since);
    } catch (error) {
      if (isRefused(error)) clock.lose(receipt); // else there is time for another try
    }
  };
  const beat = () => {
    clock.lapse();
    if (beating !== undefined) return;
    const due = clock.due();
    if (due.length === 0) return;
    beating = Promise.all(due.map(renew)).finally(() => {
      beating = undefined;
    });
  };
  const timer = setInterval(beat, clock.tickMs);
  return {
    rest: async () => void (await beating),
    [Symbol.dispose]: () => clearInterval(timer),
  };
};
