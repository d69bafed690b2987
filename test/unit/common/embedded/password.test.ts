import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { HASH_OF_NOBODY, hashPassword, passwordFits } from '../../../../common/adapters/embedded/password.ts';

describe('hashPassword', function () {
  this.timeout(20_000); // it is slow on purpose

  it('fits its password and no other', async () => {
    const hash = await hashPassword('correct horse');
    assert.equal(await passwordFits('correct horse', hash), true);
    assert.equal(await passwordFits('correct Horse', hash), false);
    assert.equal(await passwordFits('', hash), false);
  });

  it('says how it was made, and never the same twice', async () => {
    const [one, two] = [await hashPassword('correct horse'), await hashPassword('correct horse')];
    assert.match(one, /^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    assert.notEqual(one, two);
    assert.equal(await passwordFits('correct horse', two), true);
  });

  it('takes a password however a keyboard writes its letters', async () => {
    const hash = await hashPassword('Zürich ﬁve'.normalize('NFC'));
    assert.equal(await passwordFits('Zürich five'.normalize('NFD'), hash), true);
  });

  it('goes on fitting hashes of another cost', async () => {
    const salt = Buffer.alloc(16, 7);
    const hash = scryptSync('correct horse', salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = ['scrypt', 1024, 8, 1, salt.toString('base64url'), hash.toString('base64url')].join('$');
    assert.equal(await passwordFits('correct horse', stored), true);
    assert.equal(await passwordFits('wrong', stored), false);
  });

  it('has a hash of nobody, made like any other, that nothing fits', async () => {
    const shape = (hash: string) => hash.replaceAll(/[\w-]{22,}/g, (text) => `${text.length}`);
    assert.equal(shape(HASH_OF_NOBODY), shape(await hashPassword('x')));
    assert.equal(await passwordFits('', HASH_OF_NOBODY), false);
  });
});
