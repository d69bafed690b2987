import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signingKey } from '../../../../common/adapters/embedded/signing-key.ts';
import { temporaryFolder } from '../../../support/temporary.ts';
import { startProcess } from './processes/process.ts';

describe('signingKey', () => {
  it('is made once, and found the next time', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'secrets', 'key');
    const key = signingKey(file);
    assert.equal(key.length, 32);
    assert.deepEqual(signingKey(file), key);
    assert.deepEqual(readdirSync(join(folder.path, 'secrets')), ['key']);
  });

  it('differs from home to home', async () => {
    await using folder = await temporaryFolder();
    assert.notDeepEqual(signingKey(join(folder.path, 'a')), signingKey(join(folder.path, 'b')));
  });

  it('can be read by its owner alone', async () => {
    if (process.platform === 'win32') return; // has no such modes
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'secrets', 'key');
    signingKey(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder.path, 'secrets')).mode & 0o777, 0o700);
  });

  it('is the same for all of four processes that start at the same time', async () => {
    await using folder = await temporaryFolder();
    await using stack = new AsyncDisposableStack();
    const script = new URL('./processes/make-key.ts', import.meta.url);
    const file = join(folder.path, 'secrets', 'key');
    const starts = Array.from({ length: 4 }, () => stack.use(startProcess(script, file)));
    await Promise.all(starts.map((start) => start.heard()));
    for (const start of starts) start.tell('go');
    const keys = await Promise.all(starts.map((start) => start.heard()));
    assert.deepEqual(new Set(keys), new Set([readFileSync(file).toString('hex')]));
    assert.deepEqual(readdirSync(join(folder.path, 'secrets')), ['key']);
  }).timeout(20_000);

  it('refuses a file that has lost some of its bytes: a short key can be guessed', async () => {
    await using folder = await temporaryFolder();
    for (const length of [0, 5, 31]) {
      const file = join(folder.path, `key ${length}`);
      writeFileSync(file, Buffer.alloc(length));
      assert.throws(() => signingKey(file), { code: 'invalid', message: /Delete it/ });
    }
  });
});
