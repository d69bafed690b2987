import assert from 'node:assert/strict';
import { newUser } from '../../../common/domain/user.ts';
import type { Ports } from '../../../common/ports/ports.ts';
import { removeAccount } from '../../../workers/index/account.ts';
import { temporaryHome } from '../../support/home.ts';
import { stored } from '../../support/uploads.ts';

const ada = async ({ identity, users }: Ports): Promise<string> => {
  const person = { email: 'ada@example.org', password: 'correct horse', firstName: 'Ada', lastName: 'L' };
  const claims = await identity.register(person);
  await users.create(newUser(claims, '2026-01-01T00:00:00.000Z'));
  return claims.userId;
};

const messageOf = (userId: string, body = {}) => ({
  stage: 'index',
  group: userId,
  body: { kind: 'account', userId, ...body },
});

describe('the removal of an account', () => {
  it('shuts the person out and deletes their documents, a page at a time', async () => {
    await using home = await temporaryHome();
    const userId = await ada(home.ports);
    const document = await stored(home.ports, 'hers', { userId });
    assert.deepEqual(await removeAccount({ userId }, home.ports), [messageOf(userId)]);
    assert.notEqual((await home.ports.documents.get(document)).deletedAt, undefined);
    assert.equal((await home.ports.users.get(userId)).isActive, false);
  });

  it('looks a second time, after a while, before the person goes', async () => {
    await using home = await temporaryHome();
    const userId = await ada(home.ports);
    const again = [{ ...messageOf(userId, { again: true }), delaySeconds: 5 }];
    assert.deepEqual(await removeAccount({ userId }, home.ports), again);
    assert.deepEqual(await removeAccount({ userId, again: true }, home.ports), []);
    await assert.rejects(home.ports.users.get(userId), { code: 'not_found' });
    await assert.rejects(home.ports.identity.login('ada@example.org', 'correct horse'), { code: 'unauthenticated' });
  });

  it('begins anew when the second look finds a document', async () => {
    await using home = await temporaryHome();
    const userId = await ada(home.ports);
    await stored(home.ports, 'late', { userId });
    assert.deepEqual(await removeAccount({ userId, again: true }, home.ports), [messageOf(userId)]);
  });

  it('may come again when all is gone', async () => {
    await using home = await temporaryHome();
    assert.deepEqual(await removeAccount({ userId: 'nobody', again: true }, home.ports), []);
  });

  it('leaves other people’s documents alone', async () => {
    await using home = await temporaryHome();
    const userId = await ada(home.ports);
    const theirs = await stored(home.ports, 'theirs', { userId: 'bob' });
    await removeAccount({ userId }, home.ports);
    assert.equal((await home.ports.documents.get(theirs)).deletedAt, undefined);
  });
});
