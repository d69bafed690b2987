/** A text that waits for a call. */
export interface Waiting {
  readonly group: string;
  readonly tokens: number;
}

export interface CallLimits {
  readonly texts: number;
  readonly tokens: number;
}

export interface WaitingRoom<Item> {
  add(items: readonly Item[]): void;
  /** A call that has to be made again, as it was: before all others. */
  addAgain(items: readonly Item[]): void;
  /** What the next call carries: one text of each group in turn, until it is full. Empty when nothing waits. */
  take(): Item[];
  withdraw(isGone: (item: Item) => boolean): void;
  isEmpty(): boolean;
  /** A whole call waits. */
  isFull(): boolean;
  /** About what the next call will cost. */
  nextTokens(): number;
}

const sumOf = (items: readonly Waiting[]): number => items.reduce((sum, { tokens }) => sum + tokens, 0);

/** Pure: it knows nothing of time or calls. The groups take turns one text at a time, from call to call. */
export const waitingRoom = <Item extends Waiting>({ texts, tokens }: CallLimits): WaitingRoom<Item> => {
  const groups = new Map<string, Item[]>();
  let again: Item[][] = [];
  let count = 0;
  let sum = 0;

  const next = (room: number): Item | undefined => {
    const [turn] = groups;
    if (turn === undefined) return undefined;
    const [group, items] = turn;
    const [item] = items;
    if (item === undefined || item.tokens > room) return undefined;
    items.shift();
    groups.delete(group);
    if (items.length > 0) groups.set(group, items); // to the end: the others come first
    return item;
  };

  const packed = (): Item[] => {
    const call: Item[] = [];
    let room = Number.POSITIVE_INFINITY; // a text goes alone if need be
    while (call.length < texts) {
      const item = next(room);
      if (item === undefined) break;
      room = (call.length === 0 ? tokens : room) - item.tokens;
      call.push(item);
    }
    count -= call.length;
    sum -= sumOf(call);
    return call;
  };

  return {
    add(items) {
      for (const item of items) {
        const list = groups.get(item.group);
        if (list === undefined) groups.set(item.group, [item]);
        else list.push(item);
      }
      count += items.length;
      sum += sumOf(items);
    },
    addAgain(items) {
      if (items.length > 0) again.push([...items]);
    },
    take: () => again.shift() ?? packed(),
    withdraw(isGone) {
      again = again.map((items) => items.filter((item) => !isGone(item))).filter((items) => items.length > 0);
      for (const [group, items] of groups) {
        const kept = items.filter((item) => !isGone(item));
        if (kept.length > 0) groups.set(group, kept);
        else groups.delete(group);
      }
      const left = [...groups.values()].flat();
      count = left.length;
      sum = sumOf(left);
    },
    isEmpty: () => again.length === 0 && count === 0,
    isFull: () => again.length > 0 || count >= texts || sum >= tokens,
    nextTokens: () => {
      const [first] = again;
      return first === undefined ? Math.ceil(Math.min(tokens, sum * Math.min(1, texts / count))) : sumOf(first);
    },
  };
};
