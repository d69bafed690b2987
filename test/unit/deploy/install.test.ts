import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from '../../support/temporary.ts';

const INSTALLER = join(import.meta.dirname, '..', '..', '..', 'deploy', 'install.mjs');

/** Stands for npm: counts its runs, takes its time, and ends as it is told to. */
const NPM = `
import { appendFileSync, mkdirSync } from 'node:fs';
appendFileSync('runs', process.argv.slice(2).join(' ') + '\\n');
await new Promise((resolve) => setTimeout(resolve, 300));
mkdirSync('node_modules/.bin', { recursive: true });
process.exit(Number(process.env.NPM_ENDS_WITH ?? 0));
`;

/** A folder with the files that the installer looks at. */
const project = async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder.path, 'package.json'), '{}');
  await writeFile(join(folder.path, 'package-lock.json'), '{}');
  await writeFile(join(folder.path, 'npm.mjs'), NPM);
  await mkdir(join(folder.path, 'deploy'));
  await copyFile(INSTALLER, join(folder.path, 'deploy', 'install.mjs'));
  return folder;
};

interface End {
  readonly code: number | null;
  readonly stderr: string;
}

const endOf = async (child: ChildProcess): Promise<End> => {
  const said = child.stderr === null ? '' : text(child.stderr);
  const [code] = await once(child, 'close');
  return { code, stderr: await said };
};

const install = (folder: string, { env = {}, flags = [] }: { env?: object; flags?: string[] } = {}): Promise<End> =>
  endOf(
    spawn(process.execPath, [...flags, join(folder, 'deploy', 'install.mjs')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], npm_execpath: join(folder, 'npm.mjs'), ...env },
    }),
  );

const runsIn = async (folder: string): Promise<number> =>
  (await readFile(join(folder, 'runs'), 'utf8')).split('\n').length - 1;

/** Makes Node say that it is another release. */
const posingAs = (version: string): string =>
  `--import=data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}});Object.defineProperty(process,'version',{value:'v${version}'})`;

describe('the installer', () => {
  it('installs once, and again when the lock has changed', async () => {
    await using folder = await project();
    for (let time = 1; time <= 2; time += 1) assert.equal((await install(folder.path)).code, 0);
    assert.equal(await runsIn(folder.path), 1);
    await writeFile(join(folder.path, 'package-lock.json'), '{"changed":true}');
    assert.equal((await install(folder.path)).code, 0);
    assert.equal(await runsIn(folder.path), 2);
  });

  it('installs once for two starts at the same time', async () => {
    await using folder = await project();
    const ends = await Promise.all([install(folder.path), install(folder.path)]);
    assert.deepEqual(
      ends.map(({ code }) => code),
      [0, 0],
    );
    assert.equal(await runsIn(folder.path), 1);
  });

  it('says so when npm fails, and tries again the next time', async () => {
    await using folder = await project();
    const { code, stderr } = await install(folder.path, { env: { NPM_ENDS_WITH: '1' } });
    assert.equal(code, 1);
    assert.match(stderr, /Packages could not be installed \(npm ci ended with 1\)/);
    assert.equal((await install(folder.path)).code, 0);
    assert.equal(await runsIn(folder.path), 2);
  });

  it('names the Node that it needs to one that is too old', async () => {
    await using folder = await project();
    const { code, stderr } = await install(folder.path, { flags: [posingAs('18.20.0')] });
    assert.equal(code, 1);
    assert.match(stderr, /v18\.20\.0.*Node 2\d|Node 2\d.*v18\.20\.0/);
  });

  it('asks to be run by npm', async () => {
    await using folder = await project();
    const { code, stderr } = await install(folder.path, { env: { npm_execpath: undefined } });
    assert.equal(code, 1);
    assert.match(stderr, /npm start/);
  });
});
