import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryApi, temporaryApi } from '../support/api.ts';
import { type CommandLine, commandLine, PASSWORD } from '../unit/api/cli/support/command-line.ts';

/** Makes the access token of the only login look as if its time were over. */
const expire = async ({ configFolder }: CommandLine): Promise<void> => {
  const folder = join(configFolder, 'assistant', 'logins');
  const [name = ''] = await readdir(folder);
  const login = JSON.parse(await readFile(join(folder, name), 'utf8'));
  await writeFile(join(folder, name), JSON.stringify({ ...login, expiresAt: 0 }));
};

describe('the command line: logging in', function () {
  this.timeout(30_000);
  let api: TemporaryApi;
  let cli: CommandLine;

  before(async () => {
    api = await temporaryApi();
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(async () => {
    cli = await commandLine(api.url);
  });
  afterEach(() => cli[Symbol.asyncDispose]());

  it('comes first', async () => {
    const { exit, stdout, stderr } = await cli.run(['ls']);
    assert.deepEqual(
      { exit, stdout, stderr },
      { exit: 3, stdout: '', stderr: 'Log in first: npm run assistant -- login\n' },
    );
  });

  it('lasts until logging out', async () => {
    await cli.register('ada');
    assert.equal((await cli.run(['ls'])).exit, 0);
    assert.match((await cli.run(['logout'])).stderr, /^Logged out of http/);
    assert.equal((await cli.run(['ls'])).exit, 3);
    const again = ['login', '--email', 'ada@example.org', '--password-stdin', '--json'];
    const { exit, stdout } = await cli.run(again, { input: `${PASSWORD}\n` });
    assert.deepEqual([exit, JSON.parse(stdout).user.email], [0, 'ada@example.org']);
  });

  it('fails with a wrong password', async () => {
    await cli.register('grace');
    await cli.run(['logout']);
    const login = ['login', '--email', 'grace@example.org', '--password', 'wrong'];
    const { exit, stdout } = await cli.run(login);
    assert.deepEqual([exit, stdout], [3, '']);
    assert.equal((await cli.run(['ls'])).exit, 3);
  });

  it('is renewed by itself, also by several commands at once', async () => {
    await cli.register('joan');
    await expire(cli);
    const results = await Promise.all([cli.run(['ls']), cli.run(['ls']), cli.run(['ls'])]);
    assert.deepEqual(
      results.map(({ exit, stderr }) => [exit, stderr]),
      Array(3).fill([0, 'No documents.\n']),
    );
    assert.equal((await cli.run(['ls'])).exit, 0);
  });

  it('is for one server', async () => {
    await cli.register('mary');
    const { exit } = await cli.run(['ls', '--server', api.url.replace('127.0.0.1', 'localhost')]);
    assert.equal(exit, 3);
  });
});
