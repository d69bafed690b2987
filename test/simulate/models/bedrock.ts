import { AppError } from '../../../common/domain/errors.ts';
import type { Clock } from '../../../common/runtime/clock.ts';
import { tokenBucket } from '../../support/bedrock-stub/bucket.ts';
import type { Random } from '../engine/random.ts';

export interface BedrockSettings {
  readonly tokensPerMinute: number;
  /** Absent: no such quota. */
  readonly requestsPerMinute?: number | undefined;
  /** Seconds' worth of the quota that may go at once after a rest. */
  readonly burstSeconds: number;
  /** Of half the calls at most, before `msPerText` for each text; a tenth take over half as long again. */
  readonly latencyMs: number;
  readonly msPerText: number;
  /** Sigma of the latency's logarithm; 0: always the same. */
  readonly spread: number;
}

export interface BedrockCounters {
  readonly calls: number;
  readonly texts: number;
  readonly tokens: number;
  readonly throttled: number;
}

export interface BedrockModel {
  change(settings: Partial<BedrockSettings>): void;
  /** Resolves when the reply is there. Throws `throttled`, after the way to Bedrock and back. */
  embed(texts: number, tokens: number): Promise<void>;
  counters(): BedrockCounters;
  settings(): BedrockSettings;
}

const REFUSAL_MS = 5;

/** The quotas are the buckets of the stub that tests and benchmarks call. */
export const bedrockModel = (
  initial: BedrockSettings,
  { clock, random }: { clock: Clock; random: Random },
): BedrockModel => {
  let settings = initial;
  const counted = { calls: 0, texts: 0, tokens: 0, throttled: 0 };
  const requests = tokenBucket();
  const tokensLeft = tokenBucket();
  const busy = new AppError('throttled', 'Bedrock has too much to do. Try again in a moment.'); // once: stacks are dear

  const isWithin = (tokens: number): boolean => {
    const { tokensPerMinute, requestsPerMinute = Number.POSITIVE_INFINITY, burstSeconds } = settings;
    const now = clock.now();
    const isAsked =
      requestsPerMinute === Number.POSITIVE_INFINITY ||
      requests.has(1, { perMinute: requestsPerMinute, burstSeconds }, now);
    return tokensLeft.has(tokens, { perMinute: tokensPerMinute, burstSeconds }, now) && isAsked;
  };

  return {
    change(given) {
      settings = { ...settings, ...given };
    },
    async embed(texts, tokens) {
      if (!isWithin(tokens)) {
        counted.throttled += 1;
        await clock.sleep(REFUSAL_MS);
        throw busy;
      }
      requests.take(1);
      tokensLeft.take(tokens);
      counted.calls += 1;
      counted.texts += texts;
      counted.tokens += tokens;
      await clock.sleep(random.logNormal(settings.latencyMs, settings.spread) + settings.msPerText * texts);
    },
    counters: () => ({ ...counted }),
    settings: () => settings,
  };
};
