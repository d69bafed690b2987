import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { JwksValidationError, JwkValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { CognitoJwtPayload } from 'aws-jwt-verify/jwt-model';
import { AppError } from '../../../domain/errors.ts';

export interface Pool {
  readonly userPoolId: string;
  /** The app client's. */
  readonly clientId: string;
  /** Where the pool's keys are; absent: where Cognito keeps them. */
  readonly jwksUrl?: string | undefined;
}

const PATIENCE_MS = 3_000;
/** Cognito's own has two keys and 900 bytes. */
const MAX_BYTES = 65_536;

/**
 * Judges tokens of a pool: signature, issuer, app client, use and expiry. The keys are fetched once, and again for a key
 * that is unknown, at most every ten seconds. Throws `unauthenticated`; `unavailable` when the keys cannot be had.
 */
export const poolTokens = ({ userPoolId, clientId, jwksUrl }: Pool, tokenUse: 'access' | 'id') => {
  const fetcher = { fetch: (address: string) => keysAt(jwksUrl ?? address) };
  const verifier = CognitoJwtVerifier.create({ userPoolId }, { jwksCache: new SimpleJwksCache({ fetcher }) });
  return async (token: string): Promise<CognitoJwtPayload> => {
    try {
      return await verifier.verify(token, { clientId, tokenUse });
    } catch (error) {
      throw judged(error);
    }
  };
};

const keysAt = async (address: string): Promise<ArrayBuffer> => {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' });
    const body = await response.arrayBuffer();
    if (response.ok && body.byteLength <= MAX_BYTES) return body;
    throw new Error(`It answered ${response.status} with ${body.byteLength} bytes.`);
  } catch (cause) {
    throw new AppError('unavailable', 'The keys that tokens are checked with cannot be had. Try again in a moment.', {
      cause,
    });
  }
};

/** A key that nobody knows is the token's fault: or else anybody could make us say that we are ill. */
const judged = (error: unknown): unknown => {
  if (!(error instanceof JwtBaseError)) return error;
  if ([JwksValidationError, JwkValidationError].some((ours) => error instanceof ours)) {
    return new AppError('unavailable', 'The keys that tokens are checked with are no keys.', { cause: error });
  }
  return new AppError('unauthenticated', 'The token is not valid or has expired: log in again.', { cause: error });
};
