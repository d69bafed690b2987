import assert from 'node:assert/strict';
import { cognitoErrorOf } from '../../../../common/adapters/aws/cognito/cognito-errors.ts';
import { codeOf } from '../../../../common/domain/errors.ts';

const thrown = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('cognitoErrorOf', () => {
  it('tells a lockout from a wrong password', () => {
    const lockout = cognitoErrorOf(thrown('NotAuthorizedException', 'Password attempts exceeded'));
    const wrong = thrown('NotAuthorizedException', 'Incorrect username or password.');
    assert.equal(codeOf(lockout), 'throttled');
    assert.equal(cognitoErrorOf(wrong), wrong);
  });

  it('takes every kind of too much for throttled', () => {
    for (const name of ['TooManyRequestsException', 'TooManyFailedAttemptsException', 'LimitExceededException'])
      assert.equal(codeOf(cognitoErrorOf(thrown(name))), 'throttled', name);
  });
});
