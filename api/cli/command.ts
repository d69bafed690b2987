import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util';
import { AppError } from '../../common/domain/errors.ts';
import type { Client } from './client/client.ts';
import type { CliConfig } from './config.ts';
import type { Exit } from './exit.ts';
import type { Output } from './terminal/output.ts';
import type { Prompt } from './terminal/prompt.ts';

export interface Option extends ParseArgsOptionDescriptor {
  /** What the value stands for, in --help; of a flag absent. */
  readonly value?: string;
  readonly help: string;
}
type Options = Readonly<Record<string, Option>>;

/** All that a command works with. */
export interface Context {
  readonly config: CliConfig;
  readonly client: Client;
  readonly out: Output;
  /** Where nobody sits at a terminal: undefined. */
  readonly prompt: Prompt | undefined;
  /** Standard input to its end, at most `maxBytes`. */
  readonly readInput: (maxBytes: number) => Promise<string>;
  /** Of standard error, for progress. */
  readonly progress: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What every command takes. */
export const COMMON_OPTIONS = {
  json: { type: 'boolean', help: 'print JSON for programs: one value a line, on standard output' },
  server: { type: 'string', value: 'URL', help: 'the assistant to speak to (environment: ASSISTANT_URL)' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
} as const satisfies Options;

type Values<Declared extends Options> = ReturnType<
  typeof parseArgs<{ options: Declared & typeof COMMON_OPTIONS; strict: true; allowPositionals: true }>
>['values'];

interface Declaration<Declared extends Options> {
  readonly summary: string;
  /** How operands are written in the help, such as `<question>`; empty for none. */
  readonly operands: string;
  /** How many operands there may be. */
  readonly count: readonly [least: number, most: number];
  readonly options: Declared;
  /** Paragraphs and examples of the help. */
  readonly about: readonly string[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
  run(values: Values<Declared>, operands: readonly string[], context: Context): Promise<Exit>;
}

/** A command line, judged. */
export interface Invocation {
  readonly json: boolean;
  readonly help: boolean;
  readonly server: string | undefined;
  run(context: Context): Promise<Exit>;
}

export interface Command extends Pick<Declaration<Options>, 'summary' | 'operands' | 'options' | 'about' | 'examples'> {
  /** Throws `invalid`. @param args what follows the command's name */
  parse(args: readonly string[]): Invocation;
}

const parsed = <Declared extends Options>(options: Declared, args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: { ...options, ...COMMON_OPTIONS },
      strict: true,
      allowPositionals: true,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new AppError('invalid', error.message, { cause: error });
  }
};

/** A command as data: its options are parsed, typed and shown in the help from one declaration. */
export const command = <const Declared extends Options>(declared: Declaration<Declared>): Command => ({
  ...declared,
  parse(args) {
    const { values, positionals } = parsed(declared.options, args);
    const given = values as Values<Declared> & { json?: boolean; help?: boolean; server?: string };
    const [least, most] = declared.count;
    const help = given.help === true;
    if (!help && positionals.length < least) throw new AppError('invalid', `Give ${declared.operands}.`);
    if (!help && positionals.length > most)
      throw new AppError('invalid', `Too much: ${positionals.slice(most).join(' ')}`);
    return {
      json: given.json === true,
      help,
      server: given.server,
      run: (context) => declared.run(given, positionals, context),
    };
  },
});

/** Throws `invalid` unless it is a whole number in the range. @param name with its dashes */
export const wholeNumber = (
  given: string | undefined,
  { name, from, to, otherwise }: { name: string; from: number; to: number; otherwise: number },
): number => {
  if (given === undefined) return otherwise;
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new AppError('invalid', `${name} takes a whole number from ${from} to ${to}.`);
};

/** Throws `invalid` unless it is one of them. @param name with its dashes */
export const oneOf = <Word extends string>(given: string | undefined, words: readonly Word[], name: string) => {
  if (given === undefined) return undefined;
  const word = words.find((known) => known === given);
  if (word === undefined) throw new AppError('invalid', `${name} is one of ${words.join(', ')}.`);
  return word;
};
