import { createHash, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { codeOf } from '../../common/domain/errors.ts';
import { Refusal } from '../problem.ts';

/** Wrong passwords that are allowed in a quarter of an hour. */
const WINDOW_SECONDS = 15 * 60;
const ALLOWED = {
  /** One e-mail from one address. */
  pair: 10,
  /** One e-mail from anywhere: guessing from many addresses. */
  email: 100,
  /** Any e-mail from one address. */
  address: 100,
};

const MAPPED = '::ffff:';

/** An IPv6 subscriber has a whole /64. */
const networkOf = (address: string): string => {
  const plain = address.startsWith(MAPPED) ? address.slice(MAPPED.length) : address;
  if (!isIPv6(plain)) return plain;
  const [left = '', right] = plain.split('::');
  const groups = left === '' ? [] : left.split(':');
  const zeros = right === undefined ? [] : ['0', '0', '0', '0'];
  return [...groups, ...zeros].slice(0, 4).join(':');
};

export interface Attempt {
  /** IP address. */
  readonly address: string;
  /** Lower case. */
  readonly email: string;
}

/** Runs what checks a password, and counts it if it was wrong. Throws a `throttled` Refusal past what is allowed. */
export type Guard = <T>(attempt: Attempt, check: () => Promise<T>) => Promise<T>;

/**
 * Keys are hashed into 65,536 buckets, so that memory stays bounded whatever is tried; the salt keeps others from
 * choosing a bucket.
 */
export const guardAttempts = (): Guard => {
  const salt = randomBytes(16);
  const bucketOf = (key: string): number => createHash('sha256').update(salt).update(key).digest().readUInt16BE();
  const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  const limiters = {
    pair: limiterOf(ALLOWED.pair),
    email: limiterOf(ALLOWED.email),
    address: limiterOf(ALLOWED.address),
  };

  return async ({ address, email }, check) => {
    const network = networkOf(address);
    const counted = [
      { limiter: limiters.address, bucket: bucketOf(network) },
      { limiter: limiters.pair, bucket: bucketOf(`${network} ${email}`) },
      { limiter: limiters.email, bucket: bucketOf(email) },
    ];
    const giveBack = () => Promise.all(counted.map(({ limiter, bucket }) => limiter.reward(bucket)));
    for (const { limiter, bucket } of counted) await limiter.consume(bucket).catch(refuse);
    try {
      const result = await check();
      await giveBack();
      return result;
    } catch (error) {
      if (codeOf(error) !== 'unauthenticated') await giveBack();
      throw error;
    }
  };
};

const refuse = (refused: unknown): never => {
  if (!(refused instanceof RateLimiterRes)) throw refused;
  const seconds = Math.ceil(refused.msBeforeNext / 1000);
  const message = `Too many wrong passwords; try again in ${Math.ceil(seconds / 60)} minutes.`;
  throw new Refusal('throttled', message, { 'Retry-After': String(seconds) });
};
