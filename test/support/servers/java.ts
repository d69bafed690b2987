import { readdir, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

const MAC_HOMES = '/Library/Java/JavaVirtualMachines';

/** The release of what a JDK's or JRE's `release` file describes: 17, 21; undefined when it does not say. */
export const javaRelease = (text: string): number | undefined => {
  const release = /^JAVA_VERSION="(?:1\.)?(\d+)/m.exec(text)?.[1];
  return release === undefined ? undefined : Number(release);
};

/**
 * The `java` of at least that release: what `variable` names, JAVA_HOME, the one on the PATH, then those installed
 * beside it. Undefined when there is none.
 */
export const findJava = async (atLeast: number, env: NodeJS.ProcessEnv, variable = 'JAVA_HOME') => {
  for (const home of await homes(env, variable)) {
    const text = await readFile(join(home, 'release'), 'utf8').catch(() => '');
    if ((javaRelease(text) ?? 0) >= atLeast) return join(home, 'bin', 'java');
  }
  return undefined;
};

const homes = async (env: NodeJS.ProcessEnv, variable: string): Promise<string[]> => {
  const java = await onPath('java', env);
  const own = java === undefined ? [] : [dirname(dirname(java))];
  const beside = await Promise.all(own.map((home) => foldersIn(dirname(home))));
  const mac = (await foldersIn(MAC_HOMES)).map((folder) => join(folder, 'Contents', 'Home'));
  return [env[variable] ?? '', env['JAVA_HOME'] ?? '', ...own, ...beside.flat(), ...mac].filter((home) => home !== '');
};

const foldersIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).sort().map((name) => join(folder, name));

/** The file behind a command on the PATH, links followed. */
export const onPath = async (command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const file = await realpath(join(folder, command)).catch(() => undefined);
    if (file !== undefined) return file;
  }
  return undefined;
};
