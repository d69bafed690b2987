import assert from 'node:assert/strict';
import type { Open } from '../support/temporary.ts';
import { ada, bob, type IdentityParts, PASSWORD, refused } from './identity.people.ts';
import { sessionsContract } from './identity.sessions.ts';

/** What every Identity promises; `open` gives one that knows nobody. */
export const identityContract = (adapter: string, open: Open<IdentityParts>) =>
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

    it('tells passwords apart by every character, however long, and in any script', async () => {
      await using home = await open();
      const long = `${'x'.repeat(200)}ä🔑`;
      await home.identity.register({ ...ada, password: long });
      await home.identity.login(ada.email, long);
      await assert.rejects(home.identity.login(ada.email, long.slice(0, -2)), refused);
      await assert.rejects(home.identity.login(ada.email, `y${long.slice(1)}`), refused);
      await assert.rejects(home.identity.login(ada.email, ''), refused);
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

    sessionsContract(open);
  });
