import { AppError } from '../../../domain/errors.ts';
import type { Vector } from '../../../domain/vector.ts';
import { isRefusal, isTurnedAway } from './bedrock-errors.ts';
import type { Embedded } from './embed-call.ts';
import { type Order, type OrderedText, orderOf } from './order.ts';
import type { Pacer } from './pacer.ts';
import { estimateTokens } from './text.ts';
import { type CallLimits, waitingRoom } from './waiting-room.ts';

const REFUSED = 'The embedding model refuses a part of the text; look for what is unusual in it, or set another model.';
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
export const openPacker = ({ limits, lingerMs, callsInFlight, patienceMs, pacer, call }: PackerOptions): Packer => {
  const waiting = waitingRoom<OrderedText>(limits);
  const orders = new Set<Order>();
  const closing = new AbortController();
  let inFlight = 0;
  let isReserving = false;
  let lingersUntil: number | undefined;
  let failingSince: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fail = (failed: readonly Order[], reason: unknown): void => {
    for (const order of failed) order.fail(reason);
    waiting.withdraw(({ order }) => order.isSettled());
  };

  const onServed = (items: readonly OrderedText[], vectors: readonly Vector[]): void => {
    failingSince = undefined;
    for (const [place, item] of items.entries()) item.serve(vectors[place] as Vector);
  };

  /** A caller that has vectors waits on, for they are paid. */
  const onTurnedAway = (items: readonly OrderedText[], error: AppError): void => {
    waiting.addAgain(items.filter(({ order }) => !order.isSettled()));
    failingSince ??= performance.now();
    if (performance.now() - failingSince < patienceMs) return;
    failingSince = undefined;
    fail(
      [...orders].filter((order) => !order.isBegun()),
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

  const send = async (items: readonly OrderedText[], reserved: number): Promise<void> => {
    if (items.length === 0) return pacer.settle(reserved, 0); // they were withdrawn meanwhile
    inFlight += 1;
    try {
      const { vectors, tokens } = await call(items.map(({ text }) => text));
      pacer.settle(reserved, tokens ?? items.reduce((sum, item) => sum + item.tokens, 0));
      onServed(items, vectors);
    } catch (error) {
      if (isTurnedAway(error)) pacer.failed(reserved, error.code);
      else pacer.settle(reserved, 0);
      onFailed(items, error);
    } finally {
      inFlight -= 1;
    }
    advance();
  };

  const reserve = async (): Promise<void> => {
    isReserving = true;
    const tokens = waiting.nextTokens();
    try {
      await pacer.reserve(tokens, closing.signal);
      lingersUntil = undefined;
      void send(waiting.take(), tokens);
    } catch (error) {
      fail([...orders], error);
    } finally {
      isReserving = false;
    }
    advance();
  };

  const advance = (): void => {
    clearTimeout(timer);
    lingersUntil = waiting.isEmpty() ? undefined : (lingersUntil ?? performance.now() + lingerMs);
    if (lingersUntil === undefined || isReserving || inFlight >= callsInFlight) return;
    const left = waiting.isFull() ? 0 : lingersUntil - performance.now();
    if (left > 0) timer = setTimeout(advance, left);
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
      clearTimeout(timer);
      const closed = new AppError('unavailable', CLOSED);
      closing.abort(closed);
      fail([...orders], closed);
    },
  };
};

const ordersOf = (items: readonly OrderedText[]): Order[] => [...new Set(items.map(({ order }) => order))];
