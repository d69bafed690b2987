import assert from 'node:assert/strict';
import { commands } from '../../../../api/cli/commands.ts';
import { EXIT_MEANINGS } from '../../../../api/cli/exit.ts';
import { ran } from './support/ran.ts';
import { refuse, sendJson, serverDouble } from './support/server-double.ts';

describe('the command line', () => {
  it('helps where nothing is asked, as a fault, and on request, as none', async () => {
    const nothing = await ran([]);
    assert.deepEqual([nothing.exit, nothing.stdout], [2, '']);
    const asked = await ran(['--help']);
    assert.deepEqual([asked.exit, asked.stderr], [0, '']);
    assert.equal(asked.stdout, nothing.stderr);
  });

  it('tells all commands and all exit codes in its help', async () => {
    const { stdout } = await ran(['--help']);
    for (const name of Object.keys(commands)) assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
    for (const [code] of EXIT_MEANINGS) assert.match(stdout, new RegExp(`^  ${code} +\\w`, 'm'));
  });

  for (const name of Object.keys(commands)) {
    it(`has help for ${name} that fits a terminal, with examples`, async () => {
      const { exit, stdout } = await ran([name, '--help']);
      assert.equal(exit, 0);
      assert.match(stdout, new RegExp(`\\nUsage: npm run assistant -- ${name} `));
      assert.match(stdout, new RegExp(`\\n  npm run assistant -- ${name}`));
      const prose = stdout.split('\n').filter((line) => !line.includes('npm run assistant'));
      assert.ok(prose.every((line) => line.length <= 88));
    });
  }

  it('has the same help in other words', async () => {
    const { stdout } = await ran(['add', '--help']);
    assert.deepEqual(await Promise.all([ran(['help', 'add']), ran(['--help', 'add']), ran(['add', '-h', 'x'])]), [
      { exit: 0, stdout, stderr: '' },
      { exit: 0, stdout, stderr: '' },
      { exit: 0, stdout, stderr: '' },
    ]);
  });

  it('tells its version', async () => {
    const { exit, stdout } = await ran(['--version']);
    assert.deepEqual([exit, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true]);
  });

  for (const [args, message] of [
    [['frobnicate'], /There is no command "frobnicate"\. There are: login, /],
    [['toString'], /There is no command "toString"/],
    [['ls', '--colour'], /Unknown option '--colour'/],
    [['search'], /Give <words\.\.\.>\./],
    [['ls', 'docs'], /Too much: docs/],
    [['ls', '--limit', 'many'], /--limit takes a whole number from 1/],
    [['ls', '--status', 'done'], /--status is one of uploading, processing, ready, error/],
    [['ls', '--type', 'exe'], /--type takes a media type or one of pdf, docx/],
    [['ls', '--server', 'ftp://x'], /is no server address/],
    [['rm', '--server'], /--server/],
  ] as const) {
    it(`says what is wrong with "${args.join(' ')}", and where to look`, async () => {
      const { exit, stdout, stderr } = await ran(args);
      assert.deepEqual([exit, stdout], [2, '']);
      assert.match(stderr, message);
      assert.match(stderr, /\nSee npm run assistant -- .*--help\n$/);
    });
  }

  it('takes options of all commands before the command, too', async () => {
    await using server = await serverDouble((_request, response) => sendJson(response, 200, { items: [] }));
    const { exit, stdout, stderr } = await ran(['--server', server.url, '--json', 'ls', '--limit', '5']);
    assert.deepEqual([exit, stdout, stderr], [0, '', 'No documents.\n']);
    assert.deepEqual(server.asked, ['GET /v1/documents?limit=5']);
  });

  for (const [status, code, exit] of [
    [401, 'unauthenticated', 3],
    [403, 'forbidden', 3],
    [404, 'not_found', 5],
    [409, 'conflict', 1],
    [500, 'internal', 1],
  ] as const) {
    it(`ends with ${exit} where the server answers ${status}, in the server's words`, async () => {
      await using server = await serverDouble((_request, response) =>
        refuse(response, status, { code, detail: 'So it is.' }),
      );
      const result = await ran(['search', 'x', '--server', server.url]);
      assert.deepEqual([result.exit, result.stdout], [exit, '']);
      if (exit !== 3) assert.equal(result.stderr, 'So it is.\n');
    });
  }

  it('asks nobody where nobody sits, and says what to give', async () => {
    const { exit, stderr } = await ran(['login'], { env: {} });
    assert.equal(exit, 2);
    assert.match(stderr, /Nobody can be asked here: give --email\./);
  });

  it('does not log in beside a token that is used instead', async () => {
    for (const name of ['login', 'logout']) {
      const { exit, stderr } = await ran([name]);
      assert.equal(exit, 2);
      assert.match(stderr, /^ASSISTANT_TOKEN is set/);
    }
  });

  it('prints no control character of an error', async () => {
    const { stderr } = await ran(['\u001b[2J']);
    assert.match(stderr, /"␛\[2J"/);
  });
});
