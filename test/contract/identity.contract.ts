import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import type { Identity, Registration, TokenVerifier } from '../../common/ports/identity.ts';
import type { Open } from '../support/temporary.ts';

export interface IdentityParts {
  readonly identity: Identity;
  readonly tokens: TokenVerifier;
  /** An access token of this home that was good until an hour ago. */
  readonly expiredToken: (userId: string) => Promise<string>;
}

const PASSWORD = 'correct horse 1 Battery!';
const ada: Registration = { email: 'ada@example.org', password: PASSWORD, firstName: 'Ada', lastName: 'Lovelace' };
const bob: Registration = { ...ada, email: 'bob@example.org', firstName: 'Bob' };
const refused = { code: 'unauthenticated' };

const msOf = async (task: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await task();
  return performance.now() - started;
};

/** What every Identity and its TokenVerifier promise; `open` gives ones that know nobody. */
export const identityContract = (adapter: string, open: Open<IdentityParts>) => {
  describe(`Identity: ${adapter}`, function () {
    this.timeout(20_000); // hashing passwords is slow on purpose

    it('registers a person, who then logs in', async () => {
      await using home = await open();
      const claims = await home.identity.register(ada);
      const { password, ...person } = ada;
      assert.deepEqual({ ...claims, ...person }, claims);
      assert.ok(!JSON.stringify(claims).includes(password));
      const session = await home.identity.login(ada.email, ada.password);
      assert.deepEqual(session.claims, claims);
      assert.ok(session.expiresIn > 0);
    });

    it('throws conflict for an e-mail that is taken, whose owner keeps the password', async () => {
      await using home = await open();
      await home.identity.register(ada);
      await assert.rejects(home.identity.register({ ...ada, password: 'another Password 2' }), { code: 'conflict' });
      await home.identity.login(ada.email, ada.password);
      await assert.rejects(home.identity.login(ada.email, 'another Password 2'), refused);
    });

    it('gives an e-mail to one of several who take it at the same time', async () => {
      await using home = await open();
      const tries = await Promise.allSettled(Array.from({ length: 4 }, () => home.identity.register(ada)));
      assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
      for (const one of tries) if (one.status === 'rejected') assert.equal(one.reason.code, 'conflict');
    });

    it('refuses a wrong password, and an unknown e-mail in the same words', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const wrong = await home.identity.login(ada.email, 'wrong Password 1').catch((error: unknown) => error);
      const unknown = await home.identity.login(bob.email, PASSWORD).catch((error: unknown) => error);
      assert.ok(wrong instanceof Error && unknown instanceof Error);
      assert.deepEqual({ ...wrong, message: wrong.message }, { ...unknown, message: unknown.message });
    });

    it('takes as long for an unknown e-mail as for a wrong password', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const failing = (email: string) => msOf(() => assert.rejects(home.identity.login(email, 'wrong Password 1')));
      const unknown = [await failing(bob.email)];
      const known = [await failing(ada.email)];
      for (let again = 0; again < 2; again += 1) {
        unknown.push(await failing(bob.email));
        known.push(await failing(ada.email));
      }
      const [a, b] = [Math.min(...unknown), Math.min(...known)];
      assert.ok(Math.max(a, b) < 2 * Math.min(a, b), `unknown ${a} ms, known ${b} ms`);
    });

    it('tells passwords apart by every character, however long, and in any script', async () => {
      await using home = await open();
      const long = `${'x'.repeat(200)}ä🔑`;
      await home.identity.register({ ...ada, password: long });
      await home.identity.login(ada.email, long);
      await assert.rejects(home.identity.login(ada.email, long.slice(0, -2)), refused);
      await assert.rejects(home.identity.login(ada.email, `y${long.slice(1)}`), refused);
      await assert.rejects(home.identity.login(ada.email, ''), refused);
    });

    it('renews a session, with a new refresh token', async () => {
      await using home = await open();
      const { userId } = await home.identity.register(ada);
      const first = await home.identity.login(ada.email, ada.password);
      const second = await home.identity.refresh(first.refreshToken);
      assert.notEqual(second.refreshToken, first.refreshToken);
      assert.deepEqual(second.claims, first.claims);
      assert.equal(await home.tokens.verify(second.accessToken), userId);
      await home.identity.refresh(second.refreshToken);
    });

    it('ends the whole family of a refresh token that comes twice, and no other', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const other = await home.identity.login(ada.email, ada.password);
      const first = await home.identity.login(ada.email, ada.password);
      const second = await home.identity.refresh(first.refreshToken);
      const third = await home.identity.refresh(second.refreshToken);
      await assert.rejects(home.identity.refresh(first.refreshToken), refused);
      await assert.rejects(home.identity.refresh(third.refreshToken), refused);
      await home.identity.refresh(other.refreshToken);
    });

    it('lets one of two use a refresh token at the same time, and then ends its family', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { refreshToken } = await home.identity.login(ada.email, ada.password);
      const both = await Promise.allSettled([home.identity.refresh(refreshToken), home.identity.refresh(refreshToken)]);
      const [winner, ...others] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.ok(winner !== undefined && others.length === 0);
      await assert.rejects(home.identity.refresh(winner.refreshToken), refused);
    });

    it('refuses refresh tokens that it did not make', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { accessToken, refreshToken } = await home.identity.login(ada.email, ada.password);
      for (const token of ['', 'x', `${refreshToken}x`, refreshToken.slice(1), accessToken]) {
        await assert.rejects(home.identity.refresh(token), refused, token);
      }
    });

    it('ends the session of a logout alone', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const here = await home.identity.login(ada.email, ada.password);
      const there = await home.identity.login(ada.email, ada.password);
      await home.identity.logout(here.refreshToken);
      await assert.rejects(home.identity.refresh(here.refreshToken), refused);
      await home.identity.refresh(there.refreshToken);
    });

    it('logs out twice, and with a token that is unknown', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { refreshToken } = await home.identity.login(ada.email, ada.password);
      await home.identity.logout(refreshToken);
      await home.identity.logout(refreshToken);
      await home.identity.logout('unknown');
    });

    it('removes a person with all sessions, and nobody else; again changes nothing', async () => {
      await using home = await open();
      const { userId } = await home.identity.register(ada);
      await home.identity.register(bob);
      const sessions = [
        await home.identity.login(ada.email, ada.password),
        await home.identity.login(ada.email, ada.password),
      ];
      const others = await home.identity.login(bob.email, bob.password);
      await home.identity.remove(userId);
      await home.identity.remove(userId);
      for (const { refreshToken } of sessions) await assert.rejects(home.identity.refresh(refreshToken), refused);
      await assert.rejects(home.identity.login(ada.email, ada.password), refused);
      await home.identity.refresh(others.refreshToken);
    });

    it('gives a new userId to who registers again after a removal', async () => {
      await using home = await open();
      const before = await home.identity.register(ada);
      await home.identity.remove(before.userId);
      const after = await home.identity.register(ada);
      assert.notEqual(after.userId, before.userId);
    });

    it('lets a login either succeed or be refused while its person is being removed', async () => {
      await using home = await open();
      const { userId } = await home.identity.register(ada);
      const logins = Array.from({ length: 4 }, () => home.identity.login(ada.email, ada.password));
      const settling = Promise.allSettled(logins);
      await home.identity.remove(userId);
      for (const one of await settling) {
        if (one.status === 'rejected') assert.equal(one.reason.code, 'unauthenticated');
        else await assert.rejects(home.identity.refresh(one.value.refreshToken), refused);
      }
    });
  });

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
};
