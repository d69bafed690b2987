import { parseArgs } from 'node:util';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { openClient } from './client/client.ts';
import { fileTokens } from './client/token-file.ts';
import { givenToken } from './client/tokens.ts';
import { COMMON_OPTIONS, type Command, type Context } from './command.ts';
import { commands } from './commands.ts';
import { type CliConfig, readCliConfig } from './config.ts';
import { EXIT, type Exit, exitOf } from './exit.ts';
import { commandHelp, generalHelp } from './help.ts';
import { createOutput, type Sink } from './terminal/output.ts';
import { harmlessLines } from './terminal/text.ts';

/** What surrounds the program: a process, or what a test puts in its place. */
export interface World extends Pick<Context, 'prompt' | 'readInput' | 'progress' | 'signal'> {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly cwd: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

/** The command's name may stand behind options that all commands take. */
const split = (args: readonly string[]): { name: string | undefined; rest: string[]; version: boolean } => {
  const options = { ...COMMON_OPTIONS, version: { type: 'boolean' } } as const;
  const { tokens, values } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind === 'positional');
  const rest = args.filter((_, index) => index !== first?.index);
  return { name: first?.kind === 'positional' ? first.value : undefined, rest, version: values.version === true };
};

const tokensFor = ({ token, configFolder, server }: CliConfig) =>
  token === undefined ? fileTokens(configFolder, server) : givenToken(token);

const runCommand = async (name: string, chosen: Command, given: { rest: string[]; world: World }): Promise<Exit> => {
  const { rest, world } = given;
  const { stdout, stderr } = world;
  const invocation = chosen.parse(rest);
  if (invocation.help) {
    stdout.write(`${commandHelp(name, chosen)}\n`);
    return EXIT.done;
  }
  const config = readCliConfig(world, invocation.server);
  const out = createOutput({ stdout, stderr, json: invocation.json, colour: config.colour });
  await using client = openClient({ url: config.server, tokens: tokensFor(config) });
  return await invocation.run({ ...world, config, client, out });
};

const dispatch = async (args: readonly string[], world: World): Promise<Exit> => {
  const { name, rest, version } = split(args);
  if (name === undefined) {
    const asked = args.some((arg) => arg === '--help' || arg === '-h');
    (version || asked ? world.stdout : world.stderr).write(`${version ? packageJson.version : generalHelp()}\n`);
    return version || asked ? EXIT.done : EXIT.usage;
  }
  if (name === 'help') return dispatch([...rest, '--help'], world);
  const chosen = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (chosen === undefined) {
    throw new AppError('invalid', `There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
  }
  return runCommand(name, chosen, { rest, world });
};

const hintFor = (error: unknown, args: readonly string[]): string => {
  if (codeOf(error) !== 'invalid') return '';
  const name = args.find((arg) => Object.hasOwn(commands, arg));
  return `\nSee npm run assistant -- ${name === undefined ? '' : `${name} `}--help`;
};

/** Does what a command line says. Never throws. @param args without the program's name */
export const run = async (args: readonly string[], world: World): Promise<Exit> => {
  try {
    return await dispatch(args, world);
  } catch (error) {
    if (world.signal.aborted || (error instanceof Error && error.name === 'AbortError')) {
      world.stderr.write('Stopped.\n');
      return EXIT.interrupted;
    }
    const message = error instanceof Error ? error.message : String(error);
    world.stderr.write(`${harmlessLines(message)}${hintFor(error, args)}\n`);
    return exitOf(error);
  }
};
