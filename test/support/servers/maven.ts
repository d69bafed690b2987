import { join } from 'node:path';
import { installOnce, type Place } from './install.ts';
import { runTool } from './run-tool.ts';
import type { Start } from './server.ts';

/** Maven's local repository is made for one process at a time. */
export const MAVEN_LOCK = 'maven';
export const MAVEN = ['-q', '-B', '-ntp'];

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

export interface Jars {
  readonly place: Place;
  /** Of the pom beside this file that asks for them. */
  readonly name: string;
  readonly version: string;
}

/** The folder with all jars that a pom asks for. */
export const installJars = ({ place, name, version }: Jars, { signal }: Start): Promise<string> =>
  installOnce({
    ...place,
    lock: MAVEN_LOCK,
    signal,
    build: (folder) =>
      runTool({
        what: `Installing ${name} ${version}`,
        command: 'mvn',
        args: [...MAVEN, '-f', pom(name), `-Dserver.version=${version}`, COPY, `-DoutputDirectory=${folder}`],
        signal,
      }),
  });

export const pom = (name: string): string => join(import.meta.dirname, `${name}.pom.xml`);
