import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface TestKey {
  /** The public half. */
  readonly jwk: JWK;
  /** A token with these claims; lives for an hour unless they say otherwise. */
  sign(claims: JWTPayload): Promise<string>;
}

/** An RSA key that signs as Cognito does. @param kid how tokens name it */
export const testKey = async (kid: string): Promise<TestKey> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    sign(claims) {
      const now = Math.floor(Date.now() / 1_000);
      return new SignJWT({ iat: now, exp: now + 3_600, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(privateKey);
    },
  };
};
