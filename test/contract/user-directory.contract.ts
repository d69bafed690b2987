import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { newUser } from '../../common/domain/user.ts';
import type { UserDirectory } from '../../common/ports/user-directory.ts';
import type { UserStore } from '../../common/ports/user-store.ts';
import type { Open } from '../support/temporary.ts';

const aUser = (firstName = 'Ada') => {
  const userId = randomUUID();
  const claims = { userId, email: `${userId}@example.org`, firstName, lastName: 'Lovelace' };
  return newUser({ ...claims, emailVerified: false, provider: 'LOCAL' }, '2026-01-31T12:00:00.000Z');
};

const countOf = async (people: UserDirectory): Promise<number[]> => {
  const pages: number[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<UserDirectory['count']>> = await people.count(cursor);
    pages.push(page.users);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
};

const sum = (pages: readonly number[]): number => pages.reduce((all, page) => all + page, 0);

/** What every UserDirectory promises over the profiles of its UserStore; `open` gives empty ones. */
export const userDirectoryContract = (
  adapter: string,
  open: Open<{ readonly users: UserStore; readonly people: UserDirectory }>,
) =>
  describe(`UserDirectory: ${adapter}`, () => {
    it('counts nobody where nobody is', async () => {
      await using home = await open();
      assert.equal(sum(await countOf(home.people)), 0);
    });

    it('counts each once, over all pages, and no one who was removed', async () => {
      await using home = await open();
      const long = 'a'.repeat(100_000); // a megabyte is a page
      for (let n = 0; n < 12; n += 1) await home.users.create(aUser(long));
      const gone = await home.users.create(aUser());
      await home.users.remove(gone.userId);
      assert.equal(sum(await countOf(home.people)), 12);
    });
  });
