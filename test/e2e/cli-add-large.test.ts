import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ports } from '../../common/ports/ports.ts';
import { type TemporaryApi, temporaryApi } from '../support/api.ts';
import { bytesOf } from '../support/bytes.ts';
import { type CommandLine, commandLine, type Ended } from '../unit/api/cli/support/command-line.ts';
import { folderWith } from '../unit/api/cli/support/folder.ts';

const PART = 8 * 1024 ** 2;
const SMALLEST = Buffer.alloc(6_000_000, 'A line of the log.\n');
const THREE_PARTS = Buffer.concat([Buffer.alloc(PART, 'a'), Buffer.alloc(PART, 'b'), Buffer.alloc(100, 'c')]);

const valuesOf = ({ stdout }: Ended) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the command line: adding large files', function () {
  this.timeout(60_000);
  let api: TemporaryApi;
  let cli: CommandLine;
  let person = 0;
  /** Called before each part is taken, with its number; what it throws breaks the part. */
  let onPart: (partNumber: number) => unknown;

  const listening = ({ receiver, ...ports }: Ports): Ports => ({
    ...ports,
    receiver: {
      async receive(address, body) {
        await onPart(Number(/\/(\d+)\?/.exec(address)?.[1]));
        return receiver.receive(address, body);
      },
    },
  });

  before(async () => {
    api = await temporaryApi({ around: listening });
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(async () => {
    onPart = () => undefined;
    cli = await commandLine(api.url);
    person += 1;
    await cli.register(`person-${person}`);
  });
  afterEach(() => cli[Symbol.asyncDispose]());

  const add = (cwd: string) => cli.run(['add', '--no-wait', '--json', 'big.log'], { cwd });
  const contentOf = async (documentId: string): Promise<Buffer> => {
    const { userId } = await api.home.ports.directory.ownerOf(documentId);
    const { s3Key } = await api.home.ports.documents.get({ userId, documentId });
    return bytesOf((await api.home.ports.blobs.get(s3Key)).body);
  };

  it('sends one part again that broke, and tells nobody', async () => {
    await using folder = await folderWith({ 'big.log': SMALLEST });
    const taken: number[] = [];
    onPart = (partNumber) => {
      if (taken.push(partNumber) === 1) throw new Error('the connection broke');
    };
    const ended = await add(folder.path);
    const [{ outcome, documentId }] = valuesOf(ended);
    assert.deepEqual([ended.exit, outcome, taken], [0, 'added', [1, 1]], ended.stderr);
    assert.ok(SMALLEST.equals(await contentOf(documentId)));
  });

  it('knows the next time that nothing has changed, and replaces what has', async () => {
    await using folder = await folderWith({ 'big.log': SMALLEST });
    await add(folder.path);
    assert.equal(valuesOf(await add(folder.path))[0].outcome, 'unchanged');
    await writeFile(join(folder.path, 'big.log'), THREE_PARTS);
    const [{ outcome, documentId }] = valuesOf(await add(folder.path));
    assert.equal(outcome, 'replaced');
    assert.ok(THREE_PARTS.equals(await contentOf(documentId)));
  });

  it('goes on after Ctrl-C with the parts that are missing', async () => {
    await using folder = await folderWith({ 'big.log': THREE_PARTS });
    const { process: child, ended } = cli.start(['add', 'big.log'], { cwd: folder.path });
    const stopped = Promise.withResolvers<never>();
    stopped.promise.catch(() => undefined);
    onPart = (partNumber) => (partNumber === 3 ? undefined : stopped.promise);
    const third = api.seen('PUT /v1/uploads/{token}/{partNumber}');
    assert.equal((await third).status, 204);
    child.kill('SIGINT');
    assert.equal((await ended).exit, 130);
    stopped.reject(new Error('the client has left'));
    const { stdout } = await cli.run(['status']);
    assert.match(stdout, /^1 document is being uploaded\n.*\n {2}big\.log +16\.8 MB/);
    const taken: number[] = [];
    onPart = (partNumber) => taken.push(partNumber);
    const [{ outcome, documentId }] = valuesOf(await add(folder.path));
    assert.deepEqual([outcome, taken.toSorted()], ['added', [1, 2]]);
    assert.ok(THREE_PARTS.equals(await contentOf(documentId)));
  });
});
