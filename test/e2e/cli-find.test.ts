import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TemporaryApi, temporaryApi } from '../support/api.ts';
import { type CommandLine, commandLine } from '../unit/api/cli/support/command-line.ts';
import { folderWith } from '../unit/api/cli/support/folder.ts';

const FILES = {
  'docs/keys.md': '# Operation\n\n## Keys\n\nThe signing key is rotated every night at three by the scheduler.',
  'docs/ship.md': '# Releases\n\nA release is approved by the head of operations, and ships on Friday.',
};

describe('the command line: finding', function () {
  this.timeout(60_000);
  let api: TemporaryApi;
  let cli: CommandLine;

  before(async () => {
    api = await temporaryApi({ workers: true });
    cli = await commandLine(api.url);
    await cli.register('ada');
    await using folder = await folderWith(FILES);
    const { exit, stderr } = await cli.run(['add', 'docs'], { cwd: folder.path });
    assert.equal(exit, 0, stderr);
  });
  after(async () => {
    await cli[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
  });

  it('searches, and tells where each passage stands', async () => {
    const { exit, stdout } = await cli.run(['search', 'when', 'is', 'the', 'signing', 'key', 'rotated']);
    assert.equal(exit, 0);
    assert.match(stdout, /^1\. docs\/keys\.md, Operation.*, characters \d+-\d+\n/);
    assert.match(stdout, /rotated every night/);
  });

  it('searches by words alone, in some documents, for a script', async () => {
    const { stdout } = await cli.run(['search', '--json', '-m', 'keyword', '-d', 'docs/ship.md', '-n', '1', 'Friday']);
    const { results } = JSON.parse(stdout);
    assert.deepEqual(
      results.map(({ fileName }: { fileName: string }) => fileName),
      ['docs/ship.md'],
    );
  });

  it('ends with 5 when there is nothing', async () => {
    const nothing = await cli.run(['search', '--mode', 'keyword', 'xylophone']);
    assert.deepEqual(nothing, { exit: 5, stdout: '', stderr: 'Nothing found.\n' });
    const unknown = await cli.run(['status', 'no-such.md']);
    assert.equal(unknown.exit, 5);
    assert.match(unknown.stderr, /No document is called "no-such\.md"/);
  });

  it('answers a question, and cites', async () => {
    const { exit, stdout } = await cli.run(['ask', 'When is the signing key rotated?']);
    assert.equal(exit, 0);
    assert.match(stdout, /night/);
    assert.match(stdout, /\n\n\[1\] docs\/keys\.md, .*characters \d+-\d+\n {4}\S/);
  });

  it('answers a question as one value', async () => {
    const { stdout } = await cli.run(['ask', '--json', 'When is the signing key rotated?']);
    const { answer, citations } = JSON.parse(stdout);
    assert.match(answer, /\[1\]/);
    assert.equal(citations[0].fileName, 'docs/keys.md');
  });

  it('says so when it knows no answer', async () => {
    const { exit, stdout } = await cli.run(['ask', '--tag', 'no-such-tag', 'What is the airspeed of a swallow?']);
    assert.equal(exit, 5);
    assert.notEqual(stdout.trim(), '');
  });

  it('lists documents, and tells when there are more', async () => {
    const { stdout, stderr } = await cli.run(['ls', '--limit', '1', '--long']);
    assert.match(stdout, /^STATUS +SIZE +UPLOADED +TYPE +ID +NAME\nready .* markdown +[0-9a-f-]{36} +docs\/\S+\n$/);
    assert.match(stderr, /There are more/);
  });

  it('tells how everything is, with the queues for an administrator', async () => {
    const { exit, stdout } = await cli.run(['status']);
    assert.equal(exit, 0);
    assert.match(stdout, /^All documents are ready\.\n\nSTAGE/);
    await using other = await commandLine(api.url);
    await other.register('grace');
    assert.equal((await other.run(['status'])).stdout, 'All documents are ready.\n');
  });

  it('takes no offence when its reader leaves', async () => {
    const { process: child } = cli.start(['ls', '--json']);
    child.stdout?.destroy();
    const [exit] = await once(child, 'close');
    assert.equal(exit, 0);
  });

  it('deletes in the background where nobody wants to wait', async () => {
    await using folder = await folderWith({ 'old.md': 'Obsolete.' });
    await cli.run(['add', 'old.md'], { cwd: folder.path });
    const { exit, stdout, stderr } = await cli.run(['rm', '--yes', '--no-wait', '--json', 'old.md']);
    assert.equal(exit, 0);
    assert.equal(JSON.parse(stdout).status, 'pending');
    assert.match(stderr, /^1 document hidden/);
  });

  it('deletes a document with a receipt, once that is certain', async () => {
    await using folder = await folderWith({ 'old.md': 'Obsolete.', 'older.md': 'Very obsolete.' });
    await cli.run(['add', 'old.md', 'older.md'], { cwd: folder.path });
    const refused = await cli.run(['rm', 'old.md']);
    assert.equal(refused.exit, 2);
    const mistaken = await cli.run(['rm', '--yes', 'old.md', 'no-such.md']);
    assert.equal(mistaken.exit, 5);
    const { exit, stdout } = await cli.run(['rm', '--yes', 'old.md', 'older.md']);
    assert.equal(exit, 0);
    assert.match(stdout, /^Removed old\.md: 1 chunk, \d+ stored files, 1 record\.\n {2}\S/);
    assert.equal((await cli.run(['status', 'old.md'])).exit, 5);
  });
});
