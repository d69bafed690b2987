import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'peers');
/** Of what npm has installed: present and complete. */
const MARK = join(FOLDER, 'node_modules', '.package-lock.json');

/** What the program is measured beside, which it does not depend on; once, from npm. */
export const installPeers = async (say: (message: string) => void): Promise<void> => {
  if (existsSync(MARK)) return;
  say('installing the peers');
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm ci has failed in ${FOLDER}: ${code}`);
};
