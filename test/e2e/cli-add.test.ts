import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Served, serve } from '../../api/serve.ts';
import { type TemporaryApi, temporaryApi } from '../support/api.ts';
import { type CommandLine, commandLine, type Ended } from '../unit/api/cli/support/command-line.ts';
import { folderWith } from '../unit/api/cli/support/folder.ts';

const MAX_UPLOAD_BYTES = 2_000_000;
const FILES = {
  'docs/guide.md': '# Guide\n\nKeys are rotated every night.',
  'docs/notes/plan.txt': 'We ship on Friday.',
  'docs/.gitignore': '*.tmp\n',
  'docs/draft.tmp': 'ignored',
  'docs/logo.png': '\x89PNG\r\n\x1a\n\0\0\0',
  'docs/huge.csv': 'a,b\n'.repeat(600_000),
};

const manyFiles = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`docs/${n}.md`, `Number ${n}. `.repeat(200)]));

/** The values that --json prints. */
const valuesOf = ({ stdout }: Ended) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const outcomesOf = (ended: Ended): string[] =>
  valuesOf(ended)
    .filter(({ fileName }) => fileName !== undefined)
    .map(({ fileName, outcome, status }) => `${outcome} ${fileName} ${status ?? ''}`.trimEnd())
    .sort();

describe('the command line: adding', function () {
  this.timeout(60_000);
  let api: TemporaryApi;
  let cli: CommandLine;
  let again: Served | undefined;
  let person = 0;

  before(async () => {
    api = await temporaryApi({ workers: true, env: { MAX_UPLOAD_BYTES: `${MAX_UPLOAD_BYTES}` } });
  });
  after(async () => {
    await again?.[Symbol.asyncDispose]();
    await api[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    cli = await commandLine(api.url);
    person += 1;
    await cli.register(`person-${person}`);
  });
  afterEach(() => cli[Symbol.asyncDispose]());

  it('brings a folder, and passes over what is not for it', async () => {
    await using folder = await folderWith(FILES);
    const ended = await cli.run(['add', 'docs'], { cwd: folder.path });
    assert.equal(ended.exit, 0, ended.stderr);
    const counts = ended.stdout.split('\n').slice(0, 6);
    assert.deepEqual(counts, [
      'added      3  new documents',
      'replaced   0  documents with new content',
      'unchanged  0  documents that were there already',
      'skipped    2  files that hold no text to read',
      'failed     0  files that could not be taken or read',
      'Left out by .gitignore, or as packages and caches: 1.',
    ]);
    assert.match(ended.stdout, /docs\/logo\.png +binary/);
    assert.match(ended.stdout, /docs\/huge\.csv +A file may have 2,000,000 bytes at most/);
  });

  it('brings only what is new or has changed the next time', async () => {
    await using folder = await folderWith(FILES);
    await cli.run(['add', 'docs'], { cwd: folder.path });
    await writeFile(join(folder.path, 'docs/guide.md'), '# Guide\n\nKeys are rotated every month.');
    await writeFile(join(folder.path, 'docs/new.md'), 'A new page.');
    const ended = await cli.run(['add', '--json', 'docs'], { cwd: folder.path });
    assert.equal(ended.exit, 0);
    assert.deepEqual(outcomesOf(ended), [
      'added docs/new.md ready',
      'replaced docs/guide.md ready',
      'skipped docs/huge.csv',
      'skipped docs/logo.png',
      'unchanged docs/.gitignore ready',
      'unchanged docs/notes/plan.txt ready',
    ]);
    const listed = await cli.run(['ls', '--json']);
    assert.equal(valuesOf(listed).length, 4);
    const found = await cli.run(['search', '--mode', 'keyword', 'rotated'], { cwd: folder.path });
    assert.match(found.stdout, /every month/);
  });

  it('knows what is unchanged while that is still being processed', async () => {
    await using folder = await folderWith({ 'a.md': 'text' });
    const first = await cli.run(['add', '--no-wait', '--json', 'a.md'], { cwd: folder.path });
    assert.equal(valuesOf(first)[0].outcome, 'added');
    const second = await cli.run(['add', '--json', 'a.md'], { cwd: folder.path });
    assert.deepEqual(outcomesOf(second), ['unchanged a.md ready']);
  });

  it('keeps names with blanks, quotes and letters of all kinds', async () => {
    const names = ['my notes.md', 'a "b" c.md', 'größe 日本.md', "it's 100%.md"];
    await using folder = await folderWith(Object.fromEntries(names.map((name) => [name, `# ${name}`])));
    await cli.run(['add', ...names], { cwd: folder.path });
    const listed = valuesOf(await cli.run(['ls', '--json'])).map(({ fileName }) => fileName);
    assert.deepEqual(listed.sort(), [...names].sort());
    const again = await cli.run(['add', '--json', ...names], { cwd: folder.path });
    assert.ok(outcomesOf(again).every((outcome) => outcome.startsWith('unchanged')));
  });

  it('tells why a document failed, ends with 1, and tries it again the next time', async () => {
    await using folder = await folderWith({ 'bad.pdf': '%PDF-1.7 and nothing more', 'good.md': 'text' });
    const ended = await cli.run(['add', 'bad.pdf', 'good.md'], { cwd: folder.path });
    assert.equal(ended.exit, 1);
    assert.match(ended.stdout, /\nfailed\n {2}bad\.pdf {2}The file could not be read/);
    const { exit, stdout } = await cli.run(['status', 'bad.pdf']);
    assert.equal(exit, 1);
    assert.match(stdout, / error +[A-Z]/);
    const again = await cli.run(['add', '--json', 'bad.pdf'], { cwd: folder.path });
    assert.deepEqual(outcomesOf(again), ['failed bad.pdf']);
    assert.equal(valuesOf(await cli.run(['ls', '--json'])).length, 2);
  });

  it('fails where a file that was named cannot be taken', async () => {
    await using folder = await folderWith(FILES);
    const ended = await cli.run(['add', 'docs/logo.png', 'docs/gone.md'], { cwd: folder.path });
    assert.equal(ended.exit, 1);
    assert.match(ended.stdout, / gone\.md +there is no such file/);
  });

  it('says that there was nothing to add', async () => {
    await using folder = await folderWith({ 'docs/.git/HEAD': 'x' });
    const { exit, stderr } = await cli.run(['add', 'docs'], { cwd: folder.path });
    assert.equal(exit, 5);
    assert.match(stderr, /nothing to add/);
  });

  it('tags what it adds', async () => {
    await using folder = await folderWith({ 'a.md': 'one', 'b.md': 'two' });
    await cli.run(['add', '--no-wait', '-t', 'red', '-t', 'dark green', 'a.md'], { cwd: folder.path });
    await cli.run(['add', '--no-wait', 'b.md'], { cwd: folder.path });
    const tagged = valuesOf(await cli.run(['ls', '--json', '--tag', 'dark green']));
    assert.deepEqual(
      tagged.map(({ fileName, metadata }) => [fileName, metadata.tags]),
      [['a.md', ['red', 'dark green']]],
    );
  });

  it('waits while the server is away, and then goes on', async () => {
    await using folder = await folderWith(manyFiles(40));
    const { process: child, ended } = cli.start(['add', '--json', 'docs'], { cwd: folder.path });
    await once(child.stdout ?? child, 'data');
    const { PORT: _any, ...config } = api.home.config;
    await api.close();
    const noMetrics = async () => '';
    const { home } = api;
    const PORT = Number(new URL(api.url).port);
    await once(child.stderr ?? child, 'data'); // it says that it waits
    again = await serve({ config: { ...config, PORT }, home, observe: () => {}, readMetrics: noMetrics });
    const { exit, stdout, stderr } = await ended;
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /^(No assistant answers|The connection) .*\. Waiting \d+ s\.$/m);
    assert.equal(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').summary.counts.failed, 0);
    assert.equal(valuesOf(await cli.run(['ls', '--json', '--all', '--status', 'ready'])).length, 40);
  });

  it('stops at Ctrl-C and says what is still being processed', async () => {
    await using folder = await folderWith(manyFiles(40));
    const { process: child, ended } = cli.start(['add', '--json', 'docs'], { cwd: folder.path });
    await once(child.stdout ?? child, 'data');
    child.kill('SIGINT');
    const { exit, stderr, stdout } = await ended;
    assert.deepEqual([exit, stderr], [130, 'Stopped.\n']);
    const { summary } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    assert.ok(summary.processing > 0);
    const rest = await cli.run(['add', 'docs'], { cwd: folder.path });
    assert.equal(rest.exit, 0, rest.stderr);
    assert.equal(valuesOf(await cli.run(['ls', '--json', '--all', '--status', 'ready'])).length, 40);
  });
});
