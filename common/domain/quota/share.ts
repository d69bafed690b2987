import type { Cost, Rates } from './quota.ts';

/** A span is about so long at its worker's own rate. */
const SPAN_MS = 500;
/** A call is at most so long at its worker's own rate: so all take turns often, and the service's bucket holds it. */
const CALL_MS = 1_000;
/** Before anything is known: too many cost a few small calls, too few make workers that begin together wait. */
export const SHARERS_AT_FIRST = 16;
const LATEST_WEIGHT = 0.5;

/**
 * How many workers share the quota, as one of them sees it: all that are busy come back for a span equally often, so as
 * many spans are granted between two of its own.
 * @param between spans granted to all since this worker's last one, its new one among them
 */
export const sharersAfter = (sharers: number | undefined, between: number): number =>
  Math.max(1, sharers === undefined ? between : sharers + (between - sharers) * LATEST_WEIGHT);

/** How many tokens a call should have at most: no less than what the request that it takes is worth. */
export const callTokens = ({ tokensPerMs, requestsPerMs }: Rates, sharers: number): number =>
  Math.max((tokensPerMs * CALL_MS) / sharers, tokensPerMs / requestsPerMs);

/**
 * What to reserve: as many whole calls as half a second of a worker's fair rate allows, one at least.
 * @param call tokens of the next call
 * @param all tokens of all that waits
 */
export const spanCost = (
  { call, all }: { call: number; all: number },
  { tokensPerMs, requestsPerMs }: Rates,
  sharers: number,
): Cost => {
  const calls = (perMs: number, each: number): number => Math.floor((perMs * SPAN_MS) / sharers / each);
  const requests = Math.max(1, Math.min(calls(tokensPerMs, call), calls(requestsPerMs, 1), Math.ceil(all / call)));
  return { tokens: Math.min(requests * call, Math.max(all, call)), requests };
};
