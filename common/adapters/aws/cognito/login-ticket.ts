import { hkdfSync, randomBytes } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';

/** What one login at a provider must come back with, and what it is redeemed with (RFC 7636). */
export interface Secrets {
  readonly state: string;
  readonly verifier: string;
}

const Sealed = z.object({ state: z.string(), verifier: z.string() });
const HEADER = { alg: 'dir', enc: 'A256GCM' };
const LIFETIME = '10m';

export const newSecrets = (): Secrets => ({ state: random(), verifier: random() });
const random = (): string => randomBytes(32).toString('base64url');

/** Seals secrets so that the browser can keep them and not read them; any process with the same `secret` opens them. */
export const ticketSeal = (secret: string) => {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'login ticket', 32));
  return {
    seal: (secrets: Secrets): Promise<string> =>
      new EncryptJWT({ ...secrets }).setProtectedHeader(HEADER).setExpirationTime(LIFETIME).encrypt(key),
    /** Throws `unauthenticated`. */
    async open(ticket: string): Promise<Secrets> {
      try {
        const { payload } = await jwtDecrypt(ticket, key, {
          keyManagementAlgorithms: [HEADER.alg],
          contentEncryptionAlgorithms: [HEADER.enc],
          requiredClaims: ['exp'],
        });
        return Sealed.parse(payload);
      } catch (cause) {
        const advice = 'This login was not begun in this browser, or more than ten minutes ago: begin again.';
        throw new AppError('unauthenticated', advice, { cause });
      }
    },
  };
};
