import type { Vector } from '../../../domain/vector.ts';
import type { Waiting } from './waiting-room.ts';

/** The texts that one caller asked for together. */
export interface Order {
  readonly vectors: Promise<Vector[]>;
  readonly texts: readonly OrderedText[];
  isSettled(): boolean;
  /** Some of its vectors are there, and paid for. */
  isBegun(): boolean;
  fail(reason: unknown): void;
}

export interface OrderedText extends Waiting {
  readonly text: string;
  readonly order: Order;
  serve(vector: Vector): void;
}

/** @param texts not empty @param tokensOf an estimate */
export const orderOf = (texts: readonly string[], group: string, tokensOf: (text: string) => number): Order => {
  const { promise, resolve, reject } = Promise.withResolvers<Vector[]>();
  const vectors = new Array<Vector>(texts.length);
  let left = texts.length;
  let isSettled = false;
  const order: Order = {
    vectors: promise,
    texts: texts.map((text, place) => ({
      text,
      group,
      tokens: tokensOf(text),
      get order() {
        return order;
      },
      serve(vector) {
        vectors[place] = vector;
        left -= 1;
        if (left > 0) return;
        isSettled = true;
        resolve(vectors);
      },
    })),
    isSettled: () => isSettled,
    isBegun: () => left < texts.length,
    fail(reason) {
      isSettled = true;
      reject(reason);
    },
  };
  return order;
};
