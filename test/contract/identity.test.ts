import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { jwtVerifier } from '../../common/adapters/embedded/jwt-verifier.ts';
import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteIdentity } from '../../common/adapters/embedded/sqlite-identity.ts';
import { inDatabase } from '../support/temporary.ts';
import { identityContract } from './identity.contract.ts';
import type { IdentityParts } from './identity.people.ts';
import { familiesContract } from './identity.sessions.ts';
import { tokenVerifierContract } from './token-verifier.contract.ts';

const embedded = inDatabase(RECORDS_SCHEMA, (database): IdentityParts => {
  const key = randomBytes(32);
  return {
    identity: sqliteIdentity(database, key),
    tokens: jwtVerifier(key),
    expiredToken: (userId) =>
      new SignJWT({ iss: 'assistant', sub: userId })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt('2 hours ago')
        .setExpirationTime('1 hour ago')
        .sign(key),
  };
});

identityContract('scrypt, own tokens', embedded);
familiesContract('scrypt, own tokens', embedded);
tokenVerifierContract('scrypt, own tokens', embedded);
