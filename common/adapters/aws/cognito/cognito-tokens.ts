import type { TokenVerifier } from '../../../ports/identity.ts';
import { type Pool, poolTokens } from './pool-tokens.ts';

/** Access tokens of a user pool; the userId is the `sub`. Logging out does not end one: it lives until it expires. */
export const cognitoTokens = (pool: Pool): TokenVerifier => {
  const verified = poolTokens(pool, 'access');
  return { verify: async (accessToken) => (await verified(accessToken)).sub };
};
