import assert from 'node:assert/strict';
import { type Claims, changeBy, newUser, type Provider } from '../../../../common/domain/user.ts';

const CLAIMS: Claims = {
  userId: 'ada',
  email: 'ada@example.org',
  firstName: 'Ada',
  lastName: 'Lovelace',
  emailVerified: false,
  provider: 'COGNITO',
};
const ADA = newUser(CLAIMS, '2026-01-31T12:00:00.000Z');

describe('newUser', () => {
  it('says where a person has come from', () => {
    const sources = { COGNITO: 'cognito', Google: 'google', LoginWithAmazon: 'amazon', LOCAL: 'local' };
    for (const [provider, source] of Object.entries(sources)) {
      const { metadata } = newUser({ ...CLAIMS, provider: provider as Provider }, ADA.createdAt);
      assert.equal(metadata.registrationSource, source);
    }
  });
});

describe('changeBy', () => {
  it('changes nothing when all is as it was', () => {
    assert.equal(changeBy(CLAIMS, ADA), undefined);
  });

  it('takes up a new e-mail, that it is verified, and how Cognito calls the person', () => {
    const claims: Claims = {
      ...CLAIMS,
      email: 'countess@example.org',
      emailVerified: true,
      cognitoUsername: 'Google_1',
    };
    assert.deepEqual(changeBy(claims, ADA), {
      email: 'countess@example.org',
      metadata: { ...ADA.metadata, emailVerified: true, cognitoUsername: 'Google_1' },
    });
  });

  it('forgets a username that is no longer told', () => {
    const user = { ...ADA, metadata: { ...ADA.metadata, cognitoUsername: 'Google_1' } };
    assert.deepEqual(changeBy(CLAIMS, user), { metadata: ADA.metadata });
  });

  it('takes up a name that the provider tells anew', () => {
    assert.deepEqual(changeBy({ ...CLAIMS, lastName: 'King' }, ADA), {
      lastName: 'King',
      toldNames: { firstName: 'Ada', lastName: 'King' },
    });
  });

  it('leaves a name that the person has chosen here', () => {
    const user = { ...ADA, firstName: 'Augusta' };
    assert.equal(changeBy(CLAIMS, user), undefined);
    assert.deepEqual(changeBy({ ...CLAIMS, firstName: 'A.' }, user), {
      firstName: 'A.',
      toldNames: { firstName: 'A.', lastName: 'Lovelace' },
    });
  });

  it('only notes the names for who was here before they were noted', () => {
    const { toldNames: _, ...user } = { ...ADA, firstName: 'Augusta' };
    assert.deepEqual(changeBy(CLAIMS, user), { toldNames: { firstName: 'Ada', lastName: 'Lovelace' } });
  });
});
