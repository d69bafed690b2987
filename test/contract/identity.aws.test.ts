import { cognitoIdentity } from '../../common/adapters/aws/cognito/cognito-identity.ts';
import { cognitoTokens } from '../../common/adapters/aws/cognito/cognito-tokens.ts';
import { temporaryPool } from '../support/aws/temporary-pool.ts';
import type { Open } from '../support/temporary.ts';
import { identityContract } from './identity.contract.ts';
import type { IdentityParts } from './identity.people.ts';
import { tokenVerifierContract } from './token-verifier.contract.ts';

const cognito: Open<IdentityParts> = async () => {
  const pool = await temporaryPool();
  const { issuer: iss, clientId: client_id, sign } = pool;
  const exp = Math.floor(Date.now() / 1_000) - 3_600;
  return {
    identity: cognitoIdentity(pool),
    tokens: cognitoTokens(pool),
    expiredToken: (sub) => sign({ iss, client_id, sub, exp, token_use: 'access' }),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
};

identityContract('cognito', cognito);
tokenVerifierContract('cognito', cognito);
