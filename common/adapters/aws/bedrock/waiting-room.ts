import type { Demand } from './pacer.ts';

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
  /**
   * What the next call carries: one text of each group in turn, until it is full. Empty when nothing waits.
   * @param most tokens, though the first text goes in any event
   */
  take(most?: number): Item[];
  withdraw(isGone: (item: Item) => boolean): void;
  isEmpty(): boolean;
  /** A whole call waits. @param most tokens that it may hold */
  isFull(most?: number): boolean;
  /** About what there is to send. @param most tokens that a call may hold */
  demand(most?: number): Demand;
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

  const packed = (most: number): Item[] => {
    const call: Item[] = [];
    let room = Number.POSITIVE_INFINITY; // a text goes alone if need be
    while (call.length < texts) {
      const item = next(room);
      if (item === undefined) break;
      room = (call.length === 0 ? most : room) - item.tokens;
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
    take: (most = tokens) => again.shift() ?? packed(Math.min(tokens, most)),
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
    isFull: (most = tokens) => again.length > 0 || count >= texts || sum >= Math.min(tokens, most),
    demand(most = tokens) {
      const [first] = again;
      const all = sum + again.reduce((total, items) => total + sumOf(items), 0);
      if (first !== undefined) return { least: sumOf(first), call: sumOf(first), all };
      const [[next] = []] = groups.values();
      const least = next?.tokens ?? 0;
      const call = count === 0 ? 0 : Math.min(tokens, most, sum * Math.min(1, texts / count));
      return { least, call: Math.ceil(Math.max(least, call)), all };
    },
  };
};
