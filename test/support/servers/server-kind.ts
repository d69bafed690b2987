import { isInstalled } from './install.ts';
import type { Start } from './server.ts';
import type { Needs, ToolName } from './tools.ts';

/** A server before it runs: where and with what it is installed, and what stands in for it. */
export interface ServerKind {
  /** As a person knows it: 'DynamoDB Local'. */
  readonly name: string;
  /** It is not started when these name servers of one's own, or AWS_ENDPOINT_URL does for those of AWS. */
  readonly variables: readonly [string, ...string[]];
  readonly toInstall: readonly ToolName[];
  readonly toRun: readonly ToolName[];
  /** Another version has another name. */
  readonly folder: (env: NodeJS.ProcessEnv) => { readonly cache: string; readonly name: string };
  /** The folder where it is, once it is. */
  readonly install: (start: Start) => Promise<string>;
}

export const isGiven = ({ variables }: ServerKind, env: NodeJS.ProcessEnv): boolean =>
  variables.every((name) => env[name] || (name.startsWith('AWS_') && env['AWS_ENDPOINT_URL']));

export const needsOf = async (kind: ServerKind, env: NodeJS.ProcessEnv): Promise<Needs> => ({
  server: kind.name,
  tools: [...((await isInstalled(kind.folder(env))) ? [] : kind.toInstall), ...kind.toRun],
  variables: kind.variables,
});
