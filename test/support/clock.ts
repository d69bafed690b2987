import { type Clock as RunningClock, realClock } from '../../common/runtime/clock.ts';

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  pass(ms: number): void;
}

/** Time that passes when a test says so. */
export const aClock = (start = Date.now()): Clock => {
  let time = start;
  return {
    now: () => time,
    pass(ms) {
      time += ms;
    },
  };
};

export interface PassingClock extends RunningClock {
  pass(ms: number): void;
}

/** The machine's time, of which more passes when a test says so. */
export const passingClock = (aheadMs = 0): PassingClock => {
  let ahead = aheadMs;
  return {
    ...realClock,
    now: () => Date.now() + ahead,
    pass(ms) {
      ahead += ms;
    },
  };
};
