import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { here, type Image, pathOf } from './build.ts';
import { lastOf } from './dockerfile.ts';

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A program in an image's tree. */
export interface Container {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Nobody writes the tree: it belongs to another user, or, where the test itself is nobody special, is write-protected. */
export const protect = async ({ root }: Image): Promise<void> => {
  if (process.getuid?.() === 0) return;
  await once(spawn('chmod', ['-R', 'a-w', join(root, 'app'), join(root, 'usr')]), 'exit');
  await chmod(root, 0o555);
};

/** Makes it removable again. */
export const unprotect = async ({ root }: Image): Promise<void> => {
  await once(spawn('chmod', ['-R', 'u+w', root]), 'exit');
};

/** Starts a command as the image's user, with its environment and nothing of this process's own. */
export const start = (image: Image, command: readonly string[], env: Record<string, string> = {}): Container => {
  const own = Object.fromEntries(Object.entries(image.env).map(([name, value]) => [name, here(image, value)]));
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: join(image.root, image.workdir),
    env: { PATH: pathOf(image), TMPDIR: join(image.root, 'tmp'), ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...userOf(image),
  });
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { child, ended: ended.then(([[code], stdout, stderr]) => ({ code, output: stdout + stderr })) };
};

export const commandOf = ({ stage }: Image): readonly string[] => listIn(lastOf(stage, 'CMD')?.value);

export const healthCheckOf = ({ stage }: Image): readonly string[] =>
  listIn(String(lastOf(stage, 'HEALTHCHECK')?.value).replace(/^CMD\s+/, ''));

const listIn = (value: string | readonly string[] | undefined): readonly string[] =>
  typeof value === 'string' ? (JSON.parse(value) as string[]) : (value ?? []);

/** Only root may become somebody else. */
const userOf = ({ stage }: Image): { uid?: number; gid?: number } => {
  const [uid, gid] = String(lastOf(stage, 'USER')?.value).split(':').map(Number);
  return process.getuid?.() === 0 && uid !== undefined && gid !== undefined ? { uid, gid } : {};
};
