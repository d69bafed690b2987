import { jwtVerify, SignJWT } from 'jose';
import { AppError } from '../../domain/errors.ts';
import type { TokenVerifier } from '../../ports/identity.ts';

const ISSUER = 'assistant';
const ALGORITHM = 'HS256';

/** Seconds that an access token lives. */
export const ACCESS_SECONDS = 3_600;

export const jwtVerifier = (key: Uint8Array): TokenVerifier => ({
  async verify(accessToken) {
    try {
      const { payload } = await jwtVerify(accessToken, key, {
        issuer: ISSUER,
        algorithms: [ALGORITHM],
        requiredClaims: ['sub', 'exp'],
      });
      return String(payload.sub);
    } catch (cause) {
      throw new AppError('unauthenticated', 'The access token is not valid or has expired: log in again.', { cause });
    }
  },
});

export const accessTokenFor = (userId: string, key: Uint8Array): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(userId)
    .setIssuer(ISSUER)
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_SECONDS}s`)
    .sign(key);
