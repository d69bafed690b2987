import type { Vector } from '../../common/domain/vector.ts';

/** A job's hold on the texts that it sees to; disposing lets go of them. */
export interface Claim extends Disposable {
  /** Those that nobody else is at. */
  readonly mine: readonly string[];
  /** The others' vectors, when they are there; undefined where their job gives up. */
  readonly others: ReadonlyMap<string, Promise<Vector | undefined>>;
  /** The vector of one of mine, for who else waits for it. */
  give(textHash: string, vector: Vector): void;
}

export interface Claims {
  /** @param textHashes unlike each other */
  claim(userId: string, textHashes: readonly string[]): Claim;
}

type Held = PromiseWithResolvers<Vector | undefined>;

/**
 * What the jobs of one process are at, so that none pays for what another is about to have: the copies of a file come
 * one after the other. Who claims texts gives its own before it waits for others': so nobody waits in a circle.
 */
export const openClaims = (): Claims => {
  const held = new Map<string, Held>();
  return {
    claim(userId, textHashes) {
      const keyOf = (textHash: string): string => `${userId} ${textHash}`;
      const mine = textHashes.filter((textHash) => !held.has(keyOf(textHash)));
      const others = new Map<string, Held['promise']>();
      for (const textHash of textHashes) {
        const other = held.get(keyOf(textHash));
        if (other !== undefined) others.set(textHash, other.promise);
      }
      for (const textHash of mine) held.set(keyOf(textHash), Promise.withResolvers());
      return {
        mine,
        others,
        give: (textHash, vector) => held.get(keyOf(textHash))?.resolve(vector),
        [Symbol.dispose]() {
          for (const textHash of mine) {
            held.get(keyOf(textHash))?.resolve(undefined); // nothing new to who has been given it
            held.delete(keyOf(textHash));
          }
        },
      };
    },
  };
};
