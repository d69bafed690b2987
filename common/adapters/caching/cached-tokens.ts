import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { TokenVerifier } from '../../ports/identity.ts';
import { type CacheOptions, lookedUp } from './looked-up.ts';

const TTL_MS = 60_000;
const TOKENS = 10_000;

/** Keeps what good tokens said for a minute, and never past their own expiry. Tokens themselves are not kept. */
export const cachedTokens = (tokens: TokenVerifier, options: CacheOptions = {}): TokenVerifier => {
  const { now = Date.now } = options;
  const cache = lookedUp<string>({ ...options, name: 'tokens', most: TOKENS, ttlMs: TTL_MS });
  return {
    verify(accessToken) {
      const key = createHash('sha256').update(accessToken).digest('base64url');
      const ttl = () => Math.min(TTL_MS, expiryOf(accessToken) - now());
      return cache.get(key, () => tokens.verify(accessToken), ttl);
    },
  };
};

/** Of a token that was verified; milliseconds since 1970. */
const expiryOf = (token: string): number => (decodeJwt(token).exp ?? 0) * 1_000;
