/** What happens at a moment of virtual time, unless it is cancelled before. */
export interface Event {
  /** ms */
  readonly at: number;
  /** Of two at the same moment, the one that was made first comes first. */
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

export interface EventHeap {
  push(event: Event): void;
  /** The earliest that has not been cancelled; it stays. */
  peek(): Event | undefined;
  pop(): Event | undefined;
}

const isBefore = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

/** A binary heap. What is cancelled stays in it until its time would have come. */
export const eventHeap = (): EventHeap => {
  const events: Event[] = [];

  const rise = (event: Event): void => {
    let place = events.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = events[above] as Event;
      if (!isBefore(event, parent)) break;
      events[place] = parent;
      place = above;
    }
    events[place] = event;
  };

  /** Puts it in the place of the first, which goes. */
  const sink = (event: Event): void => {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const left = events[below];
      if (left === undefined) break;
      const right = events[below + 1];
      if (right !== undefined && isBefore(right, left)) below += 1;
      const child = events[below] as Event;
      if (!isBefore(child, event)) break;
      events[place] = child;
      place = below;
    }
    events[place] = event;
  };

  const removeFirst = (): void => {
    const last = events.pop() as Event;
    if (events.length > 0) sink(last);
  };

  const peek = (): Event | undefined => {
    while (events[0]?.isCancelled === true) removeFirst();
    return events[0];
  };

  return {
    push: rise,
    peek,
    pop() {
      const first = peek();
      if (first !== undefined) removeFirst();
      return first;
    },
  };
};
