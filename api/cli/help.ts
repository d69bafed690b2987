import { COMMON_OPTIONS, type Command, type Option } from './command.ts';
import { commands } from './commands.ts';
import { DEFAULT_SERVER } from './config.ts';
import { EXIT_MEANINGS } from './exit.ts';
import { wrap } from './terminal/text.ts';

const COLUMNS = 88;

/** Two aligned columns; the second is wrapped. */
const listed = (rows: readonly (readonly [string, string])[]): string[] => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.flatMap(([left, right]) => {
    const [first = '', ...rest] = wrap(right, COLUMNS - width - 4);
    return [`  ${left.padEnd(width)}  ${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(width + 4)}${line}`)];
  });
};

const optionRows = (options: Readonly<Record<string, Option>>): [string, string][] =>
  Object.entries(options).map(([name, { short, value, help }]) => {
    const dashes = `${short === undefined ? '    ' : `-${short}, `}--${name}`;
    return [value === undefined ? dashes : `${dashes} ${value}`, help];
  });

const exampleLines = (examples: Command['examples']): string[] =>
  examples.flatMap(([line, meaning]) => [
    ...(meaning === '' ? [] : [`  # ${meaning}`]),
    `  npm run assistant -- ${line}`,
  ]);

export const commandHelp = (name: string, { summary, operands, options, about, examples }: Command): string =>
  [
    `${summary}.`,
    '',
    `Usage: npm run assistant -- ${name} [options] ${operands}`.trimEnd(),
    '',
    ...wrap(about.join('\n').replaceAll(/(?<!\n)\n(?!\n)/g, ' '), COLUMNS),
    '',
    'Options:',
    ...listed(optionRows({ ...options, ...COMMON_OPTIONS })),
    '',
    'Examples:',
    ...exampleLines(examples),
  ].join('\n');

export const generalHelp = (): string =>
  [
    'Put in documents, ask questions, get answers that cite where they stand.',
    '',
    'Usage: npm run assistant -- <command> [options]',
    '',
    'Commands:',
    ...listed(Object.entries(commands).map(([name, { operands, summary }]) => [`${name} ${operands}`.trim(), summary])),
    '',
    'Options of all commands:',
    ...listed([...optionRows(COMMON_OPTIONS), ['    --version', 'show the version']]),
    '',
    'Begin like this:',
    '  npm start                                      # in another terminal',
    '  npm run assistant -- login',
    '  npm run assistant -- add docs',
    '  npm run assistant -- ask "How do I begin?"',
    '',
    'Environment:',
    ...listed([
      ['ASSISTANT_URL', `the server, if not ${DEFAULT_SERVER}`],
      ['ASSISTANT_TOKEN', 'an access token to use instead of a login'],
      ['NO_COLOR', 'set: no colours; there are none either where the output is no terminal'],
    ]),
    '',
    'Exit codes:',
    ...listed(EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning])),
    '',
    'Data goes to standard output, messages to standard error. In scripts use npm run -s, so',
    'that npm itself is silent.',
    'For one command: npm run assistant -- <command> --help',
  ].join('\n');
