import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ignore from 'ignore';
import { type BuildStage, type Instruction, stagesOf } from './dockerfile.ts';

export interface Image {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stage: BuildStage;
}

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

interface Building {
  /** Each stage's tree is a folder in it. */
  readonly folder: string;
  readonly images: Map<string, Image>;
}

/** The instructions that make the tree; the others only say how it is run. */
const BUILDERS: Record<string, (image: Image, value: Instruction, building: Building) => Promise<Partial<Image>>> = {
  WORKDIR: async ({ root }, { value }) => {
    await mkdir(join(root, String(value)), { recursive: true });
    return { workdir: String(value) };
  },
  ENV: async ({ env }, { value }) => ({ env: { ...env, ...assignmentsIn(String(value)) } }),
  RUN: async (image, { value }) => {
    await run(image, String(value));
    return {};
  },
  COPY: async (image, instruction, building) => {
    await copy(image, instruction, building);
    return {};
  },
};
const SPEAKING = new Set(['USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'CMD']);

/** Does in a folder what `docker build` does in containers; returns the last stage. Throws where a line fails. */
export const buildIn = async (folder: string): Promise<Image> => {
  const building: Building = { folder, images: new Map() };
  const stages = stagesOf(await readFile(join(REPOSITORY, 'deploy/Dockerfile'), 'utf8'));
  let image: Image | undefined;
  for (const stage of stages) {
    image = await baseImage(join(folder, stage.name), stage);
    for (const instruction of stage.instructions) {
      const build = BUILDERS[instruction.name];
      if (build !== undefined) image = { ...image, ...(await build(image, instruction, building)) };
      else if (!SPEAKING.has(instruction.name)) throw new Error(`${instruction.name} is not known here`);
    }
    building.images.set(stage.name, image);
  }
  if (image === undefined) throw new Error('the Dockerfile builds nothing');
  return image;
};

/** Node and npm, and what every Debian has: the machine's. */
const baseImage = async (root: string, stage: BuildStage): Promise<Image> => {
  const bin = join(root, 'usr/local/bin');
  await mkdir(bin, { recursive: true });
  await mkdir(join(root, 'tmp'), { mode: 0o1777 });
  await chmod(join(root, 'tmp'), 0o1777);
  await copyFile(process.execPath, join(bin, 'node'));
  await writeFile(join(bin, 'npm'), `#!/bin/sh\nexec node '${await npmProgram()}' "$@"\n`, { mode: 0o755 });
  return { root, workdir: '/', env: {}, stage };
};

const npmProgram = async (): Promise<string> => {
  const running = process.env['npm_execpath'];
  if (running !== undefined) return running;
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v npm']);
  return realpath(stdout.trim());
};

/** Absolute paths of an image, as they lie on this machine. */
export const here = ({ root }: Pick<Image, 'root'>, text: string): string =>
  text.replaceAll(/(?<=^|[\s=])\/(?=[a-z])/g, `${root}/`);

export const pathOf = ({ root }: Pick<Image, 'root'>): string => `${join(root, 'usr/local/bin')}:/usr/bin:/bin`;

const assignmentsIn = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));

const run = async (image: Image, command: string): Promise<void> => {
  const child = spawn('sh', ['-ec', here(image, command)], {
    cwd: join(image.root, image.workdir),
    env: { ...process.env, ...image.env, PATH: `${pathOf(image)}:${process.env['PATH']}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`RUN ${command} ended with ${code}`);
};

const copy = async (image: Image, { flags, value }: Instruction, { images }: Building): Promise<void> => {
  const words = typeof value === 'string' ? value.split(/\s+/) : value;
  const sources = words.slice(0, -1);
  const target = words.at(-1) ?? '.';
  const from = flags['from'];
  const other = from === undefined ? undefined : images.get(from);
  if (from !== undefined && other === undefined) throw new Error(`there is no stage ${from}`);
  const context = other?.root ?? REPOSITORY;
  const isWanted = other === undefined ? await inContext() : () => true;
  const folder = join(image.root, posix.resolve(image.workdir, target));
  for (const source of sources) {
    const path = join(context, source);
    const isFile = !(await isFolder(path));
    const to = isFile && (target.endsWith('/') || sources.length > 1) ? join(folder, posix.basename(source)) : folder;
    await mkdir(dirname(to), { recursive: true });
    const filter = (each: string): boolean => isWanted(each.slice(context.length).replace(/^\//, ''));
    if (!filter(path)) throw new Error(`${source} is not in the build context: see .dockerignore`);
    await cp(path, to, { recursive: true, filter, verbatimSymlinks: true });
  }
};

const isFolder = async (path: string): Promise<boolean> =>
  readdir(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') return false;
      throw error;
    },
  );

/** What of the repository Docker is given. The patterns of .dockerignore begin with '/': so Git reads them alike. */
const inContext = async (): Promise<(path: string) => boolean> => {
  const patterns = await readFile(join(REPOSITORY, '.dockerignore'), 'utf8');
  if (!patterns.split('\n').every((line) => /^(!?\/.*)?$/.test(line))) throw new Error('.dockerignore: begin with /');
  const ignored = ignore().add(patterns);
  return (path) => path === '' || !ignored.ignores(path);
};
