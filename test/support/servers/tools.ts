import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '../../../common/domain/errors.ts';
import { findJava, onPath } from './java.ts';

/** What a server is built or run with, and how a person gets it. */
const TOOLS = {
  java21:
    'Java 21 or newer: install a JDK (temurin-21-jdk, openjdk-21-jdk), or name its folder in OPENSEARCH_JAVA_HOME',
  java17: 'Java 17 or newer: install a JDK (openjdk-17-jdk), or name its folder in JAVA_HOME',
  mvn: 'Maven: install maven',
  go: 'Go: install it from https://go.dev/dl',
  python3: 'Python 3 with venv and pip: install python3 and python3-venv',
} as const;
export type ToolName = keyof typeof TOOLS;

export interface Needs {
  /** As a person knows it: 'OpenSearch'. */
  readonly server: string;
  readonly tools: readonly ToolName[];
  /** Which name a server of one's own instead. */
  readonly variables: readonly string[];
}

/** One message for all that is missing; undefined when nothing is. */
export const missingTools = (needs: readonly Needs[], present: ReadonlySet<ToolName>): string | undefined => {
  const faults = (Object.keys(TOOLS) as ToolName[])
    .filter((tool) => !present.has(tool))
    .map((tool) => ({ tool, needed: needs.filter(({ tools }) => tools.includes(tool)) }))
    .filter(({ needed }) => needed.length > 0);
  if (faults.length === 0) return undefined;
  const lines = faults.map(({ tool, needed }) => `\n  ${TOOLS[tool]} (for ${list(needed.map((n) => n.server))})`);
  const variables = [...new Set(faults.flatMap(({ needed }) => needed.flatMap((n) => n.variables)))];
  return `The test servers cannot be started; this machine lacks:${lines.join('')}
Or use servers of your own: give their addresses in ${list(variables)}.`;
};

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Throws `invalid` that names everything missing at once. */
export const checkTools = async (needs: readonly Needs[], env: NodeJS.ProcessEnv): Promise<void> => {
  const wanted = [...new Set(needs.flatMap(({ tools }) => tools))];
  const found = await Promise.all(wanted.map(async (tool) => ((await IS_THERE[tool](env)) ? [tool] : [])));
  const fault = missingTools(needs, new Set(found.flat()));
  if (fault !== undefined) throw new AppError('invalid', fault);
};

const IS_THERE: Record<ToolName, (env: NodeJS.ProcessEnv) => Promise<boolean>> = {
  java21: async (env) => (await findJava(21, env, 'OPENSEARCH_JAVA_HOME')) !== undefined,
  java17: async (env) => (await findJava(17, env)) !== undefined,
  mvn: async (env) => (await onPath('mvn', env)) !== undefined,
  go: async (env) => (await onPath('go', env)) !== undefined,
  python3: (env) =>
    promisify(execFile)('python3', ['-c', 'import ensurepip, venv'], { env }).then(
      () => true,
      () => false,
    ),
};
