import { createHash, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { codeOf, type ErrorCode } from '../../common/domain/errors.ts';
import { Refusal } from '../problem.ts';

/** What is allowed in a quarter of an hour, in one process: wrong passwords, and registrations from one address. */
const WINDOW_SECONDS = 15 * 60;
const ALLOWED = {
  /** One e-mail from one address. */
  pair: 10,
  /** One e-mail from anywhere: guessing from many addresses. */
  email: 100,
  /** Any e-mail from one address. */
  address: 100,
  registrations: 100,
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

/** Runs a registration, and counts it unless the fault was ours. Throws a `throttled` Refusal past what is allowed. */
export type RegistrationGuard = <T>(address: string, register: () => Promise<T>) => Promise<T>;

const limiterOf = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS });

/**
 * Keys are hashed into 65,536 buckets, so that memory stays bounded whatever is tried; the salt keeps others from
 * choosing a bucket.
 */
const bucketing = () => {
  const salt = randomBytes(16);
  return (key: string): number => createHash('sha256').update(salt).update(key).digest().readUInt16BE();
};

export const guardAttempts = (): Guard => {
  const bucketOf = bucketing();
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
    for (const { limiter, bucket } of counted) await limiter.consume(bucket).catch(refuse('wrong passwords'));
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

/** A taken e-mail counts too: it tells that somebody is here. */
const THEIRS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['conflict', 'invalid']);

export const guardRegistrations = (): RegistrationGuard => {
  const bucketOf = bucketing();
  const limiter = limiterOf(ALLOWED.registrations);
  return async (address, register) => {
    const bucket = bucketOf(networkOf(address));
    await limiter.consume(bucket).catch(refuse('registrations'));
    try {
      return await register();
    } catch (error) {
      if (!THEIRS.has(codeOf(error))) await limiter.reward(bucket);
      throw error;
    }
  };
};

const refuse =
  (what: string) =>
  (refused: unknown): never => {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.ceil(refused.msBeforeNext / 1000);
    const message = `Too many ${what}; try again in ${Math.ceil(seconds / 60)} minutes.`;
    throw new Refusal('throttled', message, { 'Retry-After': String(seconds) });
  };
