import { AppError } from '../../../domain/errors.ts';
import type { Reply } from './messages.ts';
import { schedule, threadForQuery, threadForText } from './schedule.ts';
import { type Order, type Seat, seatOf } from './seat.ts';
import type { StartThread } from './worker-thread.ts';

/** So many threads may die over one text, and so many in a row before they are ready. */
const MAX_DEATHS = 3;

const GAVE_UP =
  'The embedding model ended unexpectedly, several times; try again, and look at the memory of this machine.';
const CLOSED = 'The embedding model has been closed; start the program again.';

export interface PoolOptions {
  /** At most so many. */
  readonly threads: number;
  /** Threads with nothing to do end after so long. */
  readonly idleMs: number;
  readonly startThread: StartThread;
}

export interface Pool extends AsyncDisposable {
  /** @param group absent for a query */
  run(text: string, group?: string): { vector: Promise<Float32Array>; order: Order };
  /** Forgets what has not begun, and fails all of them with `reason`. */
  withdraw(orders: readonly Order[], reason: unknown): void;
}

/** Threads that start when there is work, share it, are replaced when they die, and end when idle or disposed of. */
export const openPool = ({ threads, idleMs, startThread }: PoolOptions): Pool => {
  const waiting = schedule<Order>();
  const seats = new Set<Seat>();
  const stopping = new Set<Promise<void>>();
  let failedStarts = 0;
  let nextId = 0;
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;

  const failAll = (error: AppError): void => {
    for (const order of waiting.takeAll()) order.reject(error);
  };

  const stop = (seat: Seat): void => {
    seats.delete(seat);
    const stopped = seat.thread.stop().finally(() => stopping.delete(stopped));
    stopping.add(stopped);
  };

  const handOut = (): void => {
    const ready = [...seats].filter(({ isReady }) => isReady);
    for (let seat = threadForQuery(ready); seat && waiting.hasQueries(); seat = threadForQuery(ready)) {
      seat.give(waiting.nextQuery() as Order);
    }
    for (let seat = threadForText(ready); seat && waiting.hasTexts(); seat = threadForText(ready)) {
      seat.give(waiting.nextText() as Order);
    }
  };

  const advance = (): void => {
    clearTimeout(idleTimer);
    handOut();
    const isWaiting = waiting.hasQueries() || waiting.hasTexts();
    const isStarting = [...seats].some(({ isReady }) => !isReady); // one after the other: the first makes the file
    if (isWaiting && !isStarting && seats.size < threads) seats.add(start());
    const isIdle = !isWaiting && [...seats].every(({ orders }) => orders.size === 0);
    if (isIdle && seats.size > 0) idleTimer = setTimeout(() => [...seats].forEach(stop), idleMs);
  };

  const onReply = (seat: Seat, reply: Reply): void => {
    if (reply.kind === 'ready') {
      seat.isReady = true;
      failedStarts = 0;
    } else if (reply.kind === 'refused') {
      stop(seat);
      failAll(new AppError(reply.code, reply.reason, { cause: reply.cause }));
    } else {
      const order = seat.answered(reply.id);
      if (reply.kind === 'vector') order?.resolve(reply.vector);
      else order?.reject(reply.cause);
    }
    advance();
  };

  const putBack = (order: Order, cause: unknown): void => {
    order.deaths += 1;
    if (order.deaths >= MAX_DEATHS) order.reject(new AppError('unavailable', GAVE_UP, { cause }));
    else if (order.group === undefined) waiting.addQuery(order);
    else waiting.addAgain(order);
  };

  const onEnd = (seat: Seat, cause: unknown): void => {
    if (!seats.delete(seat)) return; // it was told to
    for (const order of seat.orders.values()) putBack(order, cause);
    if (!seat.isReady) failedStarts += 1;
    if (failedStarts >= MAX_DEATHS) {
      failedStarts = 0;
      failAll(new AppError('unavailable', GAVE_UP, { cause }));
    }
    advance();
  };

  const start = (): Seat => {
    const seat: Seat = seatOf(
      startThread({ onReply: (reply) => onReply(seat, reply), onEnd: (cause) => onEnd(seat, cause) }),
    );
    return seat;
  };

  return {
    run(text, group) {
      if (isClosed) throw new AppError('unavailable', CLOSED);
      const { promise: vector, resolve, reject } = Promise.withResolvers<Float32Array>();
      const order: Order = { id: nextId++, text, resolve, reject, deaths: 0, ...(group !== undefined && { group }) };
      if (group === undefined) waiting.addQuery(order);
      else waiting.addText(order, group);
      advance();
      return { vector, order };
    },
    withdraw(orders, reason) {
      waiting.withdraw(new Set(orders));
      for (const order of orders) order.reject(reason);
      advance();
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearTimeout(idleTimer);
      const closed = new AppError('unavailable', CLOSED);
      for (const seat of seats) for (const order of seat.orders.values()) order.reject(closed);
      failAll(closed);
      for (const seat of [...seats]) stop(seat);
      await Promise.all(stopping);
    },
  };
};
