import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import type { LoginProvider, Provider } from '../../../domain/user.ts';
import type { ProviderLogin } from '../../../ports/provider-login.ts';
import { claimsOf } from './claims.ts';
import { newSecrets, ticketSeal } from './login-ticket.ts';
import { type Pool, poolTokens } from './pool-tokens.ts';
import { redeem } from './token-endpoint.ts';

interface Settings extends Pool {
  /** The pool's login pages, such as https://example.auth.eu-central-1.amazoncognito.com. */
  readonly domain: string;
  /** Where the API takes the browser back; the app client must name it. */
  readonly callbackUrl: string;
  /** Seals tickets; the same in all processes. */
  readonly secret: string;
}

const NAME: Record<LoginProvider, Provider> = { google: 'Google', amazon: 'LoginWithAmazon' };

/** Google and Amazon by way of the user pool's own login pages. */
export const cognitoProviderLogin = ({ domain, callbackUrl, secret, ...pool }: Settings): ProviderLogin => {
  const seal = ticketSeal(secret);
  const verified = poolTokens(pool, 'id');
  const client = { client_id: pool.clientId, redirect_uri: callbackUrl };
  return {
    async begin(provider) {
      const secrets = newSecrets();
      const query = new URLSearchParams({
        ...client,
        response_type: 'code',
        identity_provider: NAME[provider],
        scope: 'openid email profile',
        state: secrets.state,
        code_challenge: hashOf(secrets.verifier).toString('base64url'),
        code_challenge_method: 'S256',
      });
      return { address: `${new URL('/oauth2/authorize', domain)}?${query}`, ticket: await seal.seal(secrets) };
    },
    async finish({ ticket, state, code }) {
      const secrets = await seal.open(ticket);
      if (!timingSafeEqual(hashOf(state), hashOf(secrets.state))) {
        throw new AppError('unauthenticated', 'This answer belongs to another login: begin again.');
      }
      const form = { ...client, grant_type: 'authorization_code', code, code_verifier: secrets.verifier };
      const tokens = await redeem(String(new URL('/oauth2/token', domain)), form);
      return {
        accessToken: tokens.access_token,
        expiresIn: tokens.expires_in,
        refreshToken: tokens.refresh_token,
        claims: claimsOf(await verified(tokens.id_token)),
      };
    },
  };
};

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
