import type { Cost } from '../../../domain/quota/quota.ts';
import type { Granted } from '../../../ports/quota-ledger.ts';

/** Late by more, a worker has been busy with something else: what it did not spend is given back. */
const GRACE_MS = 500;

interface Held extends Cost {
  /** From when on the rest may be spent. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Spans that have been granted and not yet spent, in order. Times are milliseconds since 1970. */
export interface HeldSpans {
  add(span: Granted): void;
  /** Tokens that are left. */
  tokens(): number;
  /** Requests that are left; infinite where nobody counts them. */
  requests(): number;
  /** From when on so many may go at once, in one call; undefined where there are not as many. */
  readyAt(tokens: number): number | undefined;
  /** For a call at this moment: up to so many tokens, of spans that have begun. */
  take(tokens: number, now: number): number;
  /** Tokens whose time is over. */
  expired(now: number): number;
}

/**
 * A call goes when the last span that it needs begins: what it takes of earlier ones is late, and of its last one early
 * by no more than the call itself, which is how a rate limiter counts a call.
 */
export const heldSpans = (): HeldSpans => {
  let held: Held[] = [];

  const spend = (span: Held, tokens: number, requests: number): Held => {
    const part = Math.max(tokens / span.tokens, span.requests === 0 ? 0 : requests / span.requests);
    const startsAt = span.startsAt + (span.endsAt - span.startsAt) * Math.min(1, part);
    return { startsAt, endsAt: span.endsAt, tokens: span.tokens - tokens, requests: span.requests - requests };
  };

  return {
    add: ({ startsAt, endsAt, tokens, requests }) => void held.push({ startsAt, endsAt, tokens, requests }),
    tokens: () => held.reduce((sum, { tokens }) => sum + tokens, 0),
    requests: () => held.reduce((sum, { requests }) => sum + requests, 0),
    readyAt(tokens) {
      let sum = 0;
      let requests = 0;
      for (const span of held) {
        sum += span.tokens;
        requests += span.requests;
        if (sum >= tokens && requests >= 1) return span.startsAt;
      }
      return undefined;
    },
    take(tokens, now) {
      let left = tokens;
      let requests = 1;
      held = held
        .map((span) => {
          if (span.startsAt > now) return span;
          const taken = Math.min(left, span.tokens);
          const counted = Math.min(requests, span.requests);
          left -= taken;
          requests -= counted;
          return spend(span, taken, counted);
        })
        .filter((span) => span.tokens > 0);
      return tokens - left;
    },
    expired(now) {
      let lost = 0;
      held = held
        .map((span) => {
          const late = Math.min(now - GRACE_MS, span.endsAt) - span.startsAt;
          if (late <= 0) return span;
          const part = Math.min(1, late / Math.max(1, span.endsAt - span.startsAt));
          lost += span.tokens * part;
          return { ...span, tokens: span.tokens * (1 - part), startsAt: span.startsAt + late };
        })
        .filter((span) => span.tokens > 0);
      return lost;
    },
  };
};
