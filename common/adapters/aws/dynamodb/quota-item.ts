import type { Account } from '../../../domain/quota/account.ts';
import { KEPT_SECONDS, type Second, secondOf } from '../../../domain/quota/activity.ts';
import { type Steering, UNTROUBLED } from '../../../domain/quota/feedback.ts';
import type { Item } from './item.ts';

/** Attributes of the item, one a quota: short, for a write of up to 1 KB is the cheapest. */
export const TAT = { tokens: 'tokensTat', requests: 'requestsTat', queries: 'queriesTat' } as const;
export const SPANS = 'spans';
/** What was reported in a second is in attributes of its own: a letter, and the second. */
const LETTER = { used: 'u', answered: 'a', throttled: 't', jobs: 'j' } as const;
const OF_A_SECOND = /^([uatj])([0-9a-z]+)$/;
const RADIX = 36;

export const COUNTERS = Object.keys(LETTER) as (keyof Second)[];
const counterOf = (letter: string | undefined) => COUNTERS.find((counter) => LETTER[counter] === letter);
/** Where a counter of a second is. */
export const attributeOf = (counter: keyof Second, second: number): string =>
  `${LETTER[counter]}${second.toString(RADIX)}`;

/** An item as the account that it is; a new one where nothing is. */
export const accountOf = (item: Item): Account => ({
  tats: {
    tokens: Number(item[TAT.tokens] ?? 0),
    requests: Number(item[TAT.requests] ?? 0),
    queries: Number(item[TAT.queries] ?? 0),
  },
  spans: Number(item[SPANS] ?? 0),
  steering: steeringIn(item),
  activity: activityIn(item),
});

const steeringIn = ({ share, changedAt, base, step, restMs }: Item): Steering =>
  changedAt === undefined
    ? UNTROUBLED
    : {
        share: Number(share),
        changedAt: Number(changedAt),
        base: Number(base),
        step: Number(step),
        restMs: Number(restMs),
      };

const activityIn = (item: Item): Map<number, Second> => {
  const seconds = new Map<number, Second>();
  for (const [name, value] of Object.entries(item)) {
    const [, letter, spelled = ''] = OF_A_SECOND.exec(name) ?? [];
    const counter = counterOf(letter);
    if (counter === undefined) continue;
    const second = Number.parseInt(spelled, RADIX);
    const known = seconds.get(second) ?? { used: 0, answered: 0, throttled: 0, jobs: 0 };
    seconds.set(second, { ...known, [counter]: Number(value) });
  }
  return seconds;
};

/** Attributes of seconds that nobody looks at any more. */
export const outdated = ({ activity }: Account, now: number): string[] =>
  [...activity]
    .filter(([second]) => second <= secondOf(now) - KEPT_SECONDS)
    .flatMap(([second, counts]) =>
      COUNTERS.filter((counter) => counts[counter] > 0).map((counter) => attributeOf(counter, second)),
    );
