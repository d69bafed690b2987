import assert from 'node:assert/strict';
import { claimsOf } from '../../../../common/adapters/aws/cognito/claims.ts';

const ADA = {
  sub: 'a sub',
  'cognito:username': 'a sub',
  email: 'Ada@Example.org',
  email_verified: true,
  given_name: 'Ada',
  family_name: 'Lovelace',
};
const from = (providerName: string) => [{ providerName, providerType: providerName, primary: 'true' }];

describe('claimsOf', () => {
  it('tells who a user of the pool is', () => {
    assert.deepEqual(claimsOf(ADA), {
      userId: 'a sub',
      email: 'ada@example.org',
      firstName: 'Ada',
      lastName: 'Lovelace',
      emailVerified: true,
      provider: 'COGNITO',
      cognitoUsername: 'a sub',
    });
  });

  it('leaves out a username that is the e-mail', () => {
    assert.ok(!('cognitoUsername' in claimsOf({ ...ADA, 'cognito:username': 'ada@example.org' })));
  });

  it('knows those who come from Google and from Amazon', () => {
    const google = { ...ADA, 'cognito:username': 'google_1', identities: from('Google') };
    const amazon = { ...ADA, 'cognito:username': 'LoginWithAmazon_1', identities: from('LoginWithAmazon') };
    assert.equal(claimsOf(google).provider, 'Google');
    assert.equal(claimsOf(amazon).provider, 'LoginWithAmazon');
  });

  it('takes a user of the pool for one, whatever accounts are linked, whatever the username begins with', () => {
    assert.equal(claimsOf({ ...ADA, identities: from('Google') }).provider, 'COGNITO');
    assert.equal(claimsOf({ ...ADA, 'cognito:username': 'Google_1' }).provider, 'COGNITO');
  });

  it('makes do with one name, as Amazon tells it', () => {
    const { given_name: _, family_name: __, ...person } = ADA;
    const { firstName, lastName } = claimsOf({ ...person, name: 'Ada Lovelace' });
    assert.deepEqual({ firstName, lastName }, { firstName: 'Ada Lovelace', lastName: '' });
  });

  it('takes an e-mail for verified only where that is said, in either spelling', () => {
    const told = [true, 'true', false, 'false', undefined, 'perhaps'];
    const taken = told.map((email_verified) => claimsOf({ ...ADA, email_verified }).emailVerified);
    assert.deepEqual(taken, [true, true, false, false, false, false]);
  });

  it('refuses who tells no e-mail, and says what to do', () => {
    const { email: _, ...person } = ADA;
    assert.throws(() => claimsOf(person), { code: 'unauthenticated', message: /allow that at its provider/ });
  });
});
