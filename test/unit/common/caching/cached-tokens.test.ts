import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { cachedTokens } from '../../../../common/adapters/caching/cached-tokens.ts';
import { jwtVerifier } from '../../../../common/adapters/embedded/jwt-verifier.ts';
import { aClock } from '../../../support/clock.ts';

const SECOND_MS = 1_000;
const KEY = randomBytes(32);

/** Good for so many seconds from now. */
const tokenFor = (userId: string, seconds = 3_600) =>
  new SignJWT({ iss: 'assistant', sub: userId })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(Date.now() / SECOND_MS) + seconds)
    .sign(KEY);

const opened = () => {
  const clock = aClock();
  const verifier = jwtVerifier(KEY);
  const verified: string[] = [];
  const tokens = cachedTokens(
    {
      verify(token) {
        verified.push(token);
        return verifier.verify(token);
      },
    },
    { now: clock.now },
  );
  return { clock, tokens, verified };
};

describe('cachedTokens', () => {
  it('verifies a token once a minute', async () => {
    const { clock, tokens, verified } = opened();
    const token = await tokenFor('ada');
    for (const _ of Array(3)) assert.equal(await tokens.verify(token), 'ada');
    clock.pass(60 * SECOND_MS);
    assert.equal(await tokens.verify(token), 'ada');
    assert.equal(verified.length, 1);
    clock.pass(1);
    await tokens.verify(token);
    assert.equal(verified.length, 2);
  });

  it('never keeps a token longer than it lives', async () => {
    const { clock, tokens, verified } = opened();
    const token = await tokenFor('ada', 30);
    await tokens.verify(token);
    clock.pass(31 * SECOND_MS);
    await tokens.verify(token);
    assert.equal(verified.length, 2);
  });

  it('tells tokens apart by every character', async () => {
    const { tokens } = opened();
    const [ada, bob] = [await tokenFor('ada'), await tokenFor('bob')];
    assert.deepEqual([await tokens.verify(ada), await tokens.verify(bob)], ['ada', 'bob']);
    await assert.rejects(tokens.verify(`${ada}x`), { code: 'unauthenticated' });
    await assert.rejects(tokens.verify(ada.slice(0, -1)), { code: 'unauthenticated' });
  });

  it('asks again about a token that was refused', async () => {
    const { tokens, verified } = opened();
    for (const _ of Array(2)) await assert.rejects(tokens.verify('no token'), { code: 'unauthenticated' });
    assert.equal(verified.length, 2);
  });
});
