import { parseArgs } from 'node:util';
import { type Page, shownResults, writeResults } from './results.ts';
import type { Row, Scenario } from './scenario.ts';

export interface Bench extends Pick<Page, 'file' | 'script'> {
  readonly scenarios: Readonly<Record<string, Scenario>>;
}

const OPTIONS = { quick: { type: 'boolean' }, write: { type: 'boolean' }, help: { type: 'boolean' } } as const;

const helpOf = ({ script, scenarios }: Bench): string => `npm run ${script} [-- <scenario...>] [-- --quick] [-- --write]

Measures speed and memory against real processes and prints a table; all scenarios unless some are named.
Ends with 1 when a target is missed. Let the machine do nothing else meanwhile.

${Object.entries(scenarios)
  .map(([name, { summary }]) => `  ${name.padEnd(26)}${summary}`)
  .join('\n')}

  --quick   smaller sizes: minutes instead of an hour, to try a change; proves no target
  --write   puts the results into test/bench
  --help    this`;

const given = (names: readonly string[], args: readonly string[]) => {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no scenario ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  if (values.quick && values.write) throw new Error('What --quick measures proves nothing and is not written.');
  return { ...values, chosen: positionals.length === 0 ? names : names.filter((name) => positionals.includes(name)) };
};

/** A scenario that breaks has missed its target, and does not keep the others from being measured. */
const measured = async (name: string, scenario: Scenario, quick: boolean): Promise<Row[]> => {
  const say = (message: string) => console.error(`${name}: ${message}`);
  say(scenario.summary);
  try {
    return await scenario.run({ quick, say });
  } catch (error) {
    console.error(error);
    return [{ what: 'ended with an error', measured: String(error).split('\n')[0] ?? '', isKept: false }];
  }
};

const bench = async (what: Bench, args: readonly string[]): Promise<void> => {
  const order = Object.keys(what.scenarios);
  const { chosen, quick = false, write = false, help = false } = given(order, args);
  if (help) return console.log(helpOf(what));
  const results = new Map<string, Row[]>();
  for (const name of chosen) {
    const rows = await measured(name, what.scenarios[name] as Scenario, quick);
    results.set(name, rows);
    console.error(`${shownResults(new Map([[name, rows]]))}\n`);
  }
  console.log(shownResults(results));
  if (write) await writeResults(results, { ...what, order });
  const missed = [...results.values()].flat().filter(({ isKept }) => isKept === false);
  if (missed.length > 0) process.exitCode = 1;
};

/** Measures what the command line names. */
export const runBench = (what: Bench, args: readonly string[]): Promise<void> =>
  bench(what, args).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
