import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { RECORDS_SCHEMA } from '../../../../common/adapters/embedded/records-schema.ts';
import { sqliteIdentity } from '../../../../common/adapters/embedded/sqlite-identity.ts';
import { inDatabase } from '../../../support/temporary.ts';

const openIdentity = inDatabase(RECORDS_SCHEMA, (database) => ({
  database,
  identity: sqliteIdentity(database, randomBytes(32)),
}));
const ada = { email: 'ada@example.org', password: 'correct horse 1', firstName: 'Ada', lastName: 'Lovelace' };

/** Processor time that a failing login takes, in ms: unlike the time on the wall it knows nothing of other programs. */
const costOf = async (login: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await assert.rejects(login(), { code: 'unauthenticated' });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

describe('sqliteIdentity', function () {
  this.timeout(20_000); // hashing passwords is slow on purpose

  it('takes as long for an unknown e-mail as for a wrong password, the first time too', async () => {
    await using home = await openIdentity();
    await home.identity.register(ada);
    const unknown = await costOf(() => home.identity.login('nobody@example.org', 'wrong'));
    const known = await costOf(() => home.identity.login(ada.email, 'wrong'));
    assert.ok(unknown < 1.6 * known && known < 1.6 * unknown, `unknown ${unknown} ms, known ${known} ms`);
  });

  it('keeps neither passwords nor tokens as they are', async () => {
    await using home = await openIdentity();
    await home.identity.register(ada);
    const { accessToken, refreshToken } = await home.identity.login(ada.email, ada.password);
    const tables = ['credential', 'session'].map((table) =>
      home.database.connection.prepare(`select * from ${table}`).all(),
    );
    const kept = JSON.stringify(tables);
    assert.match(kept, /ada@example\.org/);
    for (const secret of [ada.password, accessToken, refreshToken]) assert.ok(!kept.includes(secret));
  });

  it('ends a session after a month, and forgets those that are over', async () => {
    await using home = await openIdentity();
    await home.identity.register(ada);
    const { refreshToken } = await home.identity.login(ada.email, ada.password);
    const { connection } = home.database;
    const days =
      (Number(connection.prepare('select expiresAt from session').get()?.['expiresAt']) - Date.now()) / 864e5;
    assert.ok(days > 29.9 && days <= 30);
    connection.exec('update session set expiresAt = 1');
    await assert.rejects(home.identity.refresh(refreshToken), { code: 'unauthenticated' });
    await home.identity.login(ada.email, ada.password);
    assert.equal(connection.prepare('select * from session').all().length, 1);
  });
});
