import { join } from 'node:path';
import { runFolder } from '../servers/guarded.ts';
import { cacheFolder, installOnce } from '../servers/install.ts';
import { runTool } from '../servers/run-tool.ts';
import { answers, type Start, startServer } from '../servers/server.ts';

const REQUIREMENTS = join(import.meta.dirname, 'moto-requirements.txt');
const SERVER = join(import.meta.dirname, 'moto_for_terraform.py');

/** A moto that Terraform can apply to; what it knows ends with it. Throws `unavailable` where it cannot be installed. */
export const startMotoForTerraform = async ({ env, signal }: Start): Promise<AsyncDisposable & { url: string }> => {
  const folder = await installOnce({
    cache: cacheFolder(env),
    name: 'moto-5.2.5-terraform',
    lock: 'moto-terraform',
    signal,
    async build(into) {
      await runTool({ what: 'Making a Python environment', command: 'python3', args: ['-m', 'venv', into], signal });
      const args = ['-m', 'pip', 'install', '--quiet', '--no-input', '-r', REQUIREMENTS];
      const command = join(into, 'bin', 'python3');
      await runTool({ what: 'Installing moto for Terraform (about a minute)', command, args, signal });
    },
  });
  return startServer({
    name: 'moto for Terraform',
    signal,
    folder: runFolder,
    command: (port) => ({
      command: join(folder, 'bin', 'python3'),
      args: [SERVER, '-H', '127.0.0.1', '-p', String(port)],
      env: { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    }),
    ready: (port) => answers(`http://127.0.0.1:${port}`, '/moto-api/', (status) => status === 200),
  });
};
