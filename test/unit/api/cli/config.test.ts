import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readCliConfig, serverAddress } from '../../../../api/cli/config.ts';

const surroundings = { env: {}, platform: 'linux', home: '/home/ada', cwd: '/work' } as const;
const withEnv = (env: NodeJS.ProcessEnv) => readCliConfig({ ...surroundings, env });

describe('the configuration of the command line', () => {
  it('has a default for everything', () => {
    assert.deepEqual(withEnv({}), {
      server: 'http://127.0.0.1:3000',
      configFolder: join('/home/ada', '.config', 'assistant'),
      workingFolder: '/work',
      colour: true,
    });
  });

  it('takes server and token from the environment, where an empty variable counts as absent', () => {
    assert.equal(withEnv({ ASSISTANT_URL: 'https://docs.example.org/v/' }).server, 'https://docs.example.org/v');
    assert.equal(withEnv({ ASSISTANT_URL: '' }).server, 'http://127.0.0.1:3000');
    assert.equal(withEnv({ ASSISTANT_TOKEN: 'abc' }).token, 'abc');
    assert.equal(withEnv({ ASSISTANT_TOKEN: '' }).token, undefined);
  });

  it('prefers the server of --server', () => {
    const config = readCliConfig({ ...surroundings, env: { ASSISTANT_URL: 'http://one' } }, 'http://two:8080');
    assert.equal(config.server, 'http://two:8080');
  });

  it('takes a host without http://', () => {
    assert.equal(serverAddress('localhost:3000'), 'http://localhost:3000');
  });

  it('refuses what is no address, and shows one', () => {
    assert.throws(() => serverAddress('ftp://host'), { code: 'invalid', message: /Give one such as http:/ });
    assert.throws(() => serverAddress('http://'), { code: 'invalid' });
  });

  it('means paths from where the person stood, not from where npm went', () => {
    assert.equal(withEnv({ npm_lifecycle_event: 'assistant', INIT_CWD: '/home/ada' }).workingFolder, '/home/ada');
    assert.equal(withEnv({ npm_lifecycle_event: 'test', INIT_CWD: '/home/ada' }).workingFolder, '/work');
  });

  it('keeps logins where each system keeps such things', () => {
    assert.equal(withEnv({ XDG_CONFIG_HOME: '/etc/ada' }).configFolder, join('/etc/ada', 'assistant'));
    const windows = { ...surroundings, platform: 'win32', env: { APPDATA: '/roaming' } } as const;
    assert.equal(readCliConfig(windows).configFolder, join('/roaming', 'assistant'));
  });

  it('has no colours with NO_COLOR or on a dumb terminal', () => {
    assert.deepEqual(
      [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { NO_COLOR: '' }].map((env) => withEnv(env).colour),
      [false, false, true],
    );
  });
});
