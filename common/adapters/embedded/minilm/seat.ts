import type { Load } from './schedule.ts';
import type { Thread } from './worker-thread.ts';

/** A text on its way to its vector. */
export interface Order {
  readonly id: number;
  readonly text: string;
  /** Absent for a query. */
  readonly group?: string;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: unknown) => void;
  /** How many threads have died over it. */
  deaths: number;
}

/** A thread in the pool, and what it has been given. */
export interface Seat extends Load {
  readonly thread: Thread;
  readonly orders: ReadonlyMap<number, Order>;
  isReady: boolean;
  give(order: Order): void;
  /** Takes back an order, answered. Undefined when the thread does not hold it. */
  answered(id: number): Order | undefined;
}

/** More does not reach the model, give or take: it counts as so much work. */
const CHARACTERS_THAT_COUNT = 1_500;

export const seatOf = (thread: Thread): Seat => {
  const orders = new Map<number, Order>();
  let queries = 0;
  let characters = 0;
  let busySince: number | undefined;

  const count = ({ group, text }: Order, sign: 1 | -1): void => {
    if (group === undefined) queries += sign;
    else characters += sign * Math.min(text.length, CHARACTERS_THAT_COUNT);
  };

  return {
    thread,
    orders,
    isReady: false,
    get queries() {
      return queries;
    },
    get texts() {
      return orders.size - queries;
    },
    get characters() {
      return characters;
    },
    get busySince() {
      return busySince;
    },
    give(order) {
      busySince ??= performance.now();
      orders.set(order.id, order);
      count(order, 1);
      thread.send({ id: order.id, text: order.text, isQuery: order.group === undefined });
    },
    answered(id) {
      const order = orders.get(id);
      if (order === undefined) return undefined;
      orders.delete(id);
      count(order, -1);
      busySince = orders.size > 0 ? performance.now() : undefined;
      return order;
    },
  };
};
