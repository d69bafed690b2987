import { AppError } from '../../../domain/errors.ts';
import type { Vector } from '../../../domain/vector.ts';
import { type Clock, realClock } from '../../../runtime/clock.ts';
import { isRefusal, isTurnedAway } from './bedrock-errors.ts';
import type { Embedded } from './embed-call.ts';
import { type Order, type OrderedText, orderOf } from './order.ts';
import type { Pacer, Settled, Turn } from './pacer.ts';
import { estimateTokens } from './text.ts';
import { type CallLimits, waitingRoom } from './waiting-room.ts';

const REFUSED = 'The embedding model refuses a part of the text; look for what is unusual in it, or set another model.';
const NOTHING_SENT: Settled = { sent: 0, spent: 0, jobs: 0 };
const CLOSED = 'The embedder has been closed; start the program again.';

export interface PackerOptions {
  readonly limits: CallLimits;
  /** How long the first text of a call may wait for others. */
  readonly lingerMs: number;
  /** At most so many at once. */
  readonly callsInFlight: number;
  /** Callers are told once no call has been answered for so long. */
  readonly patienceMs: number;
  readonly pacer: Pacer;
  readonly clock?: Clock | undefined;
  /** Makes one call. Throws AppError `throttled` or `unavailable`, or Bedrock's own refusal. */
  readonly call: (texts: readonly string[]) => Promise<Embedded>;
}

export interface Packer extends Disposable {
  embed(texts: readonly string[], options: { group: string; signal: AbortSignal }): Promise<Vector[]>;
}

/**
 * Fills calls with the texts of all callers. A call that is turned away is made again; one that is refused is halved
 * until the text that is at fault stands alone, and only its caller fails.
 */
export const openPacker = (options: PackerOptions): Packer => {
  const { limits, lingerMs, callsInFlight, patienceMs, pacer, call, clock = realClock } = options;
  const waiting = waitingRoom<OrderedText>(limits);
  const orders = new Set<Order>();
  const closing = new AbortController();
  const underWay = new Set<readonly OrderedText[]>();
  let isReserving = false;
  let lingersUntil: number | undefined;
  let failingSince: number | undefined;
  let timer: { cancel(): void } | undefined;

  const fail = (failed: readonly Order[], reason: unknown): void => {
    for (const order of failed) order.fail(reason);
    waiting.withdraw(({ order }) => order.isSettled());
  };

  /** @returns how many callers have all that they asked for */
  const onServed = (items: readonly OrderedText[], vectors: readonly Vector[]): number => {
    failingSince = undefined;
    const unsettled = ordersOf(items).filter((order) => !order.isSettled());
    for (const [place, item] of items.entries()) item.serve(vectors[place] as Vector);
    return unsettled.filter((order) => order.isSettled()).length;
  };

  /** A caller that has vectors waits on, for they are paid; and one whose texts are under way, for they may be. */
  const onTurnedAway = (items: readonly OrderedText[], error: AppError): void => {
    waiting.addAgain(items.filter(({ order }) => !order.isSettled()));
    failingSince ??= clock.now();
    if (clock.now() - failingSince < patienceMs) return;
    failingSince = undefined;
    const awaited = new Set(ordersOf([...underWay].flat()));
    fail(
      [...orders].filter((order) => !order.isBegun() && !awaited.has(order)),
      error,
    );
  };

  const halve = (items: readonly OrderedText[]): void => {
    const wanted = items.filter(({ order }) => !order.isSettled());
    const half = Math.ceil(wanted.length / 2);
    waiting.addAgain(wanted.slice(0, half));
    waiting.addAgain(wanted.slice(half));
  };

  const onRefused = (items: readonly OrderedText[], cause: unknown): void => {
    if (items.length > 1) halve(items);
    else fail(ordersOf(items), new AppError('invalid', REFUSED, { cause }));
  };

  const onFailed = (items: readonly OrderedText[], error: unknown): void => {
    if (isTurnedAway(error)) onTurnedAway(items, error);
    else if (isRefusal(error)) onRefused(items, error);
    else fail(ordersOf(items), error);
  };

  const send = async (items: readonly OrderedText[], turn: Turn): Promise<void> => {
    if (items.length === 0) return turn.settle(NOTHING_SENT); // they were withdrawn meanwhile
    underWay.add(items);
    try {
      const { vectors, tokens: spent } = await call(items.map(({ text }) => text));
      underWay.delete(items);
      const jobs = onServed(items, vectors);
      turn.settle({ sent: items.reduce((sum, { tokens }) => sum + tokens, 0), spent, jobs });
    } catch (error) {
      underWay.delete(items);
      if (isTurnedAway(error)) turn.failed(error.code);
      else turn.settle(NOTHING_SENT);
      onFailed(items, error);
    }
    advance();
  };

  const reserve = async (): Promise<void> => {
    isReserving = true;
    try {
      const turn = await pacer.reserve(() => waiting.demand(pacer.room()), closing.signal);
      lingersUntil = undefined;
      void send(turn.tokens > 0 ? waiting.take(turn.tokens) : [], turn);
    } catch (error) {
      fail([...orders], error);
    } finally {
      isReserving = false;
    }
    advance();
  };

  const advance = (): void => {
    timer?.cancel();
    lingersUntil = waiting.isEmpty() ? undefined : (lingersUntil ?? clock.now() + lingerMs);
    if (lingersUntil === undefined || isReserving || underWay.size >= callsInFlight) return;
    const left = waiting.isFull(pacer.room()) ? 0 : lingersUntil - clock.now();
    if (left > 0) timer = clock.after(left, advance);
    else void reserve();
  };

  return {
    async embed(texts, { group, signal }) {
      if (closing.signal.aborted) throw closing.signal.reason;
      signal.throwIfAborted();
      const order = orderOf(texts, group, estimateTokens);
      const onAbort = () => fail([order], signal.reason);
      signal.addEventListener('abort', onAbort);
      orders.add(order);
      waiting.add(order.texts);
      advance();
      try {
        return await order.vectors;
      } finally {
        orders.delete(order);
        signal.removeEventListener('abort', onAbort);
      }
    },
    [Symbol.dispose]() {
      timer?.cancel();
      const closed = new AppError('unavailable', CLOSED);
      closing.abort(closed);
      fail([...orders], closed);
    },
  };
};

const ordersOf = (items: readonly OrderedText[]): Order[] => [...new Set(items.map(({ order }) => order))];
