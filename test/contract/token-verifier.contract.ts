import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import type { Open } from '../support/temporary.ts';
import { ada, type IdentityParts, refused } from './identity.people.ts';

/** What every TokenVerifier promises of the tokens of its Identity. */
export const tokenVerifierContract = (adapter: string, open: Open<IdentityParts>) =>
  describe(`TokenVerifier: ${adapter}`, function () {
    this.timeout(20_000);

    it('tells whose an access token is', async () => {
      await using home = await open();
      const { userId } = await home.identity.register(ada);
      const { accessToken } = await home.identity.login(ada.email, ada.password);
      assert.equal(await home.tokens.verify(accessToken), userId);
    });

    it('refuses a token that has expired', async () => {
      await using home = await open();
      await assert.rejects(home.tokens.verify(await home.expiredToken('ada')), refused);
    });

    it('refuses what is no token, and a refresh token', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { accessToken, refreshToken } = await home.identity.login(ada.email, ada.password);
      const [header, payload] = accessToken.split('.');
      const broken = ['', ' ', '.', '..', 'a.b.c', `${header}.${payload}`, `${header}.${payload}.`, `${accessToken}x`];
      for (const token of [...broken, refreshToken, '🔑', 'x'.repeat(100_000)]) {
        await assert.rejects(home.tokens.verify(token), refused, token.slice(0, 50));
      }
    });

    it("refuses a token in which somebody put another's name", async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { accessToken } = await home.identity.login(ada.email, ada.password);
      const [header, , signature] = accessToken.split('.');
      const payload = Buffer.from(JSON.stringify({ ...decodeJwt(accessToken), sub: 'bob' })).toString('base64url');
      await assert.rejects(home.tokens.verify(`${header}.${payload}.${signature}`), refused);
    });

    it('refuses a token that nobody signed', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { accessToken } = await home.identity.login(ada.email, ada.password);
      const unsigned = new UnsecuredJWT(decodeJwt(accessToken)).encode();
      await assert.rejects(home.tokens.verify(unsigned), refused);
      const [, payload, signature] = accessToken.split('.');
      for (const alg of ['none', 'None', 'NONE', '']) {
        const header = Buffer.from(JSON.stringify({ ...decodeProtectedHeader(accessToken), alg })).toString(
          'base64url',
        );
        await assert.rejects(home.tokens.verify(`${header}.${payload}.`), refused, alg);
        await assert.rejects(home.tokens.verify(`${header}.${payload}.${signature}`), refused, alg);
      }
    });

    it('refuses a token that somebody else signed', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { accessToken } = await home.identity.login(ada.email, ada.password);
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const keys = { HS256: randomBytes(32), HS512: randomBytes(64), RS256: privateKey };
      for (const [alg, key] of Object.entries(keys)) {
        const header = { ...decodeProtectedHeader(accessToken), alg };
        const forged = await new SignJWT(decodeJwt(accessToken)).setProtectedHeader(header).sign(key);
        await assert.rejects(home.tokens.verify(forged), refused, alg);
      }
    });

    it("refuses another home's token", async () => {
      await using home = await open();
      await using elsewhere = await open();
      await elsewhere.identity.register(ada);
      const { accessToken } = await elsewhere.identity.login(ada.email, ada.password);
      await assert.rejects(home.tokens.verify(accessToken), refused);
    });
  });
