import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { cachedSearch } from '../../common/adapters/caching/cached-search.ts';
import { cachedTokens } from '../../common/adapters/caching/cached-tokens.ts';
import { cachedUsers } from '../../common/adapters/caching/cached-users.ts';
import { jwtVerifier } from '../../common/adapters/embedded/jwt-verifier.ts';
import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteIdentity } from '../../common/adapters/embedded/sqlite-identity.ts';
import { openSqliteSearch } from '../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { sqliteUserStore } from '../../common/adapters/embedded/sqlite-user-store.ts';
import { aClock } from '../support/clock.ts';
import { inDatabase, temporaryFolder } from '../support/temporary.ts';
import type { IdentityParts } from './identity.people.ts';
import { searchIndexContract } from './search-index.contract.ts';
import type { IndexPlace } from './search-index.place.ts';
import { tokenVerifierContract } from './token-verifier.contract.ts';
import { userStoreContract } from './user-store.contract.ts';

userStoreContract(
  'kept for a while',
  inDatabase(RECORDS_SCHEMA, (database) => cachedUsers(sqliteUserStore(database))),
);

tokenVerifierContract(
  'kept for a while',
  inDatabase(RECORDS_SCHEMA, (database): IdentityParts => {
    const key = randomBytes(32);
    return {
      identity: sqliteIdentity(database, key),
      tokens: cachedTokens(jwtVerifier(key)),
      expiredToken: (sub) =>
        new SignJWT({ iss: 'assistant', sub })
          .setProtectedHeader({ alg: 'HS256' })
          .setExpirationTime('1 hour ago')
          .sign(key),
    };
  }),
);

const KEPT_MS = 10_001;

const inFile = async (): Promise<IndexPlace> => {
  const { path, [Symbol.asyncDispose]: remove } = await temporaryFolder();
  const { now, pass } = aClock();
  return {
    async open(settings) {
      const index = await openSqliteSearch({ file: join(path, 'search.db'), ...settings });
      return { ...cachedSearch(index, { now }), [Symbol.asyncDispose]: () => index[Symbol.asyncDispose]() };
    },
    settled: async () => pass(KEPT_MS), // what other processes have written can be found from then on
    [Symbol.asyncDispose]: remove,
  };
};

searchIndexContract('kept for a while', inFile);
