import { type Account, type Asked, debitChargesOf, spanChargesOf } from '../../../domain/quota/account.ts';
import { secondOf } from '../../../domain/quota/activity.ts';
import type { Steering } from '../../../domain/quota/feedback.ts';
import { HORIZON_MS, isStray, moved, type Tats } from '../../../domain/quota/gcra.ts';
import type { Report } from '../../../domain/quota/quota.ts';
import { type Expressions, placeholders } from './expressions.ts';
import { attributeOf, COUNTERS, outdated, SPANS, TAT } from './quota-item.ts';

/**
 * A TAT that is behind by less is moved on all the same, so that of workers who begin together not all but one are
 * refused; the span begins in the past by as much.
 */
const TOLERANCE_MS = 250;

interface Move {
  readonly charges: Tats;
  readonly dimensions: readonly (keyof Tats)[];
  /** Whether it has to wait when all is given away. */
  readonly isBounded: boolean;
}

/**
 * One write that moves the TATs as the account that was seen last lets one expect: those that are ahead by their charge,
 * wherever they are by now, those that are behind to a charge from now. The condition refuses what is not so.
 */
const moveOf = (seen: Account, { now, report }: Asked, { charges, dimensions, isBounded }: Move): Expressions => {
  const { names, values, path, value } = placeholders();
  const sets: string[] = [];
  const conditions: string[] = [steeringIs(seen.steering, { path, value })];
  for (const dimension of dimensions) {
    const tat = path(TAT[dimension]);
    if (seen.tats[dimension] > now - TOLERANCE_MS) {
      sets.push(`${tat} = ${tat} + ${value(charges[dimension])}`);
      conditions.push(`${tat} > ${value(now - TOLERANCE_MS)}`);
      if (isBounded) conditions.push(`${tat} < ${value(now + HORIZON_MS)}`);
    } else {
      sets.push(`${tat} = ${value(moved(0, now, charges[dimension]))}`);
      conditions.push(`(attribute_not_exists(${tat}) OR ${tat} <= ${value(now)})`);
    }
  }
  const counts = [...countsOf(report, now), ...(isBounded ? [[SPANS, 1] as const] : [])];
  const adds = counts.map(([name, count]) => `${path(name)} ${value(count)}`);
  const removes = outdated(seen, now).map((name) => path(name));
  const update = [
    `SET ${sets.join(', ')}`,
    ...(adds.length > 0 ? [`ADD ${adds.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ].join(' ');
  return { update, condition: conditions.join(' AND '), names, values };
};

const countsOf = (report: Report, now: number): (readonly [string, number])[] =>
  COUNTERS.filter((counter) => report[counter] > 0).map((counter) => [
    attributeOf(counter, secondOf(now)),
    report[counter],
  ]);

const steeringIs = (
  { changedAt }: Steering,
  { path, value }: Pick<ReturnType<typeof placeholders>, 'path' | 'value'>,
): string =>
  changedAt === 0 ? `attribute_not_exists(${path('changedAt')})` : `${path('changedAt')} = ${value(changedAt)}`;

/** Takes a span. */
export const spanOf = (seen: Account, asked: Asked) => {
  const { granted, rates, charges, dimensions } = spanChargesOf(seen, asked);
  return { granted, rates, update: moveOf(seen, asked, { charges, dimensions, isBounded: true }) };
};

/** Charges queries. */
export const debitOf = (seen: Account, asked: Asked): Expressions =>
  moveOf(seen, asked, { ...debitChargesOf(seen, asked), isBounded: false });

/** Changes what is granted, unless somebody has meanwhile. @param pauseMs for so long nothing is granted */
export const steeringTo = (seen: Account, to: Steering, pauseMs: number): Expressions => {
  const { names, values, path, value } = placeholders();
  const condition = steeringIs(seen.steering, { path, value });
  const { share, changedAt, base, step, restMs } = to;
  const sets = Object.entries({ share, changedAt, base, step, restMs }).map(
    ([name, number]) => `${path(name)} = ${value(number)}`,
  );
  const tat = path(TAT.tokens);
  sets.push(`${tat} = ${tat} + ${value(pauseMs)}`);
  return { update: `SET ${sets.join(', ')}`, condition, names, values };
};

/** Takes back TATs that a wrong clock has sent far ahead; undefined where there are none. */
export const withoutStray = (seen: Account, now: number): Expressions | undefined => {
  const strays = (['tokens', 'requests'] as const).filter((dimension) => isStray(seen.tats[dimension], now));
  if (strays.length === 0) return undefined;
  const { names, values, path, value } = placeholders();
  const time = value(now);
  const sets = strays.map((dimension) => `${path(TAT[dimension])} = ${time}`);
  const conditions = strays.map((dimension) => `${path(TAT[dimension])} = ${value(seen.tats[dimension])}`);
  return { update: `SET ${sets.join(', ')}`, condition: conditions.join(' AND '), names, values };
};
