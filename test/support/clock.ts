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
