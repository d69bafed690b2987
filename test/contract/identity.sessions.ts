import assert from 'node:assert/strict';
import type { Open } from '../support/temporary.ts';
import { ada, type IdentityParts, refused } from './identity.people.ts';

export const sessionsContract = (open: Open<IdentityParts>) =>
  describe('sessions', () => {
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

    it('takes a refresh token once', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { refreshToken } = await home.identity.login(ada.email, ada.password);
      await home.identity.refresh(refreshToken);
      await assert.rejects(home.identity.refresh(refreshToken), refused);
    });

    it('lets one of two use a refresh token at the same time', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { refreshToken } = await home.identity.login(ada.email, ada.password);
      const both = await Promise.allSettled([home.identity.refresh(refreshToken), home.identity.refresh(refreshToken)]);
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
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
  });

/** What an Identity promises that keeps the sessions itself. */
export const familiesContract = (adapter: string, open: Open<IdentityParts>) =>
  describe(`Identity with families of refresh tokens: ${adapter}`, function () {
    this.timeout(20_000); // hashing passwords is slow on purpose

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

    it('ends the family of a refresh token that two use at the same time', async () => {
      await using home = await open();
      await home.identity.register(ada);
      const { refreshToken } = await home.identity.login(ada.email, ada.password);
      const both = await Promise.allSettled([home.identity.refresh(refreshToken), home.identity.refresh(refreshToken)]);
      const [winner, ...others] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.ok(winner !== undefined && others.length === 0);
      await assert.rejects(home.identity.refresh(winner.refreshToken), refused);
    });
  });
