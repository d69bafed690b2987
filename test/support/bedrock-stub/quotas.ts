import { type Bucket, tokenBucket } from './bucket.ts';
import { throttling } from './refusal.ts';
import type { StubSettings } from './settings.ts';

export interface Counters {
  /** Answered with 200. */
  readonly calls: number;
  readonly texts: number;
  readonly tokens: number;
  /** Answered with 429, and with any other refusal. */
  readonly throttled: number;
  readonly refused: number;
  /** ms since the model's first call. */
  readonly ms: number;
}

interface Account {
  readonly requests: Bucket;
  readonly tokens: Bucket;
  readonly since: number;
  readonly counted: Record<Exclude<keyof Counters, 'ms'>, number>;
}

/** The quotas of the models, each of which has its own, and what became of the calls. */
export const quotas = () => {
  const accounts = new Map<string, Account>();
  const accountOf = (model: string): Account => {
    const known = accounts.get(model);
    if (known !== undefined) return known;
    const counted = { calls: 0, texts: 0, tokens: 0, throttled: 0, refused: 0 };
    const account = { requests: tokenBucket(), tokens: tokenBucket(), since: performance.now(), counted };
    accounts.set(model, account);
    return account;
  };

  return {
    /** Both quotas, or none. Throws a Refusal. */
    spend(model: string, tokens: number, settings: StubSettings): void {
      const account = accountOf(model);
      const { requestsPerMinute, tokensPerMinute, burstSeconds, isThrottling } = settings;
      const now = performance.now();
      const has = (bucket: Bucket, amount: number, perMinute: number | null) =>
        perMinute === null || bucket.has(amount, { perMinute, burstSeconds }, now);
      const isWithin = [
        has(account.requests, 1, requestsPerMinute),
        has(account.tokens, tokens, tokensPerMinute),
        !isThrottling,
      ];
      if (isWithin.includes(false)) {
        account.counted.throttled += 1;
        throw throttling();
      }
      account.requests.take(1);
      account.tokens.take(tokens);
    },
    served(model: string, texts: number, tokens: number): void {
      const { counted } = accountOf(model);
      counted.calls += 1;
      counted.texts += texts;
      counted.tokens += tokens;
    },
    refused(model: string): void {
      accountOf(model).counted.refused += 1;
    },
    /** By model. */
    counters(): Record<string, Counters> {
      const now = performance.now();
      return Object.fromEntries(
        [...accounts].map(([model, { counted, since }]) => [model, { ...counted, ms: now - since }]),
      );
    },
  };
};

export type Quotas = ReturnType<typeof quotas>;
