import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { ACCESS_SECONDS, accessTokenFor, jwtVerifier } from '../../../../common/adapters/embedded/jwt-verifier.ts';

const key = randomBytes(32);
const { verify } = jwtVerifier(key);
const now = () => Math.floor(Date.now() / 1_000);
const good = () => ({ iss: 'assistant', sub: 'ada', exp: now() + 60 });
const signed = (claims: JWTPayload, alg = 'HS256') => new SignJWT(claims).setProtectedHeader({ alg }).sign(key);

describe('jwtVerifier', () => {
  it('takes what accessTokenFor makes, and what is made like it', async () => {
    assert.equal(await verify(await accessTokenFor('ada', key)), 'ada');
    assert.equal(await verify(await signed(good())), 'ada');
  });

  it('makes tokens that live as long as it says', async () => {
    const [, payload = ''] = (await accessTokenFor('ada', key)).split('.');
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    assert.ok(Math.abs(exp - now() - ACCESS_SECONDS) <= 2);
  });

  it('refuses one that lacks a claim, or has another in its place', async () => {
    const { iss, sub, exp } = good();
    const bad = [
      { sub, exp },
      { iss, exp },
      { iss, sub },
      { ...good(), iss: 'x' },
      { ...good(), exp: now() - 1 },
    ];
    for (const claims of bad) {
      await assert.rejects(
        async () => verify(await signed(claims)),
        { code: 'unauthenticated' },
        JSON.stringify(claims),
      );
    }
  });

  it('refuses another algorithm under the same key', async () => {
    const long = new Uint8Array(64);
    const token = await new SignJWT(good()).setProtectedHeader({ alg: 'HS512' }).sign(long);
    await assert.rejects(jwtVerifier(long).verify(token), { code: 'unauthenticated' });
  });
});
