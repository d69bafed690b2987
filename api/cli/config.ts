import { join } from 'node:path';
import { AppError } from '../../common/domain/errors.ts';

export const DEFAULT_SERVER = 'http://127.0.0.1:3000';

/** What the command line takes from its surroundings. */
export interface CliConfig {
  /** Without a slash at the end. */
  readonly server: string;
  /** An access token that is used as it is, instead of a login. */
  readonly token?: string;
  /** Where logins are kept: the user's own, not the project's. */
  readonly configFolder: string;
  /** What relative paths start from. */
  readonly workingFolder: string;
  readonly colour: boolean;
}

interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly cwd: string;
}

/** Throws `invalid` for what is no http or https address. */
export const serverAddress = (text: string): string => {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError('invalid', `${JSON.stringify(text)} is no server address. Give one such as ${DEFAULT_SERVER}.`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
};

const configFolderOf = ({ env, platform, home }: Surroundings): string => {
  const chosen = env['XDG_CONFIG_HOME'] || (platform === 'win32' ? env['APPDATA'] : undefined);
  return join(chosen || join(home, '.config'), 'assistant');
};

/**
 * The one place where the command line reads its environment; an empty variable counts as absent.
 * npm runs a script in the package's folder: relative paths then mean the folder where the person stood.
 * @param server of --server
 */
export const readCliConfig = (surroundings: Surroundings, server?: string): CliConfig => {
  const { env, cwd } = surroundings;
  const token = env['ASSISTANT_TOKEN'];
  const byNpm = env['npm_lifecycle_event'] === 'assistant' ? env['INIT_CWD'] : undefined;
  return {
    server: serverAddress(server ?? (env['ASSISTANT_URL'] || DEFAULT_SERVER)),
    ...(token ? { token } : {}),
    configFolder: configFolderOf(surroundings),
    workingFolder: byNpm || cwd,
    colour: !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
};

/** Throws `invalid` where a token is given: a login beside it would be kept in vain. */
export const requireOwnLogin = ({ token }: CliConfig): void => {
  if (token === undefined) return;
  throw new AppError('invalid', 'ASSISTANT_TOKEN is set and is used instead of a login. Unset it first.');
};
