import { parseArgs } from 'node:util';
import { shownResults, writeResults } from './results.ts';
import type { Row, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const NAMES = Object.keys(SCENARIOS);

const HELP = `npm run bench [-- <scenario...>] [-- --quick] [-- --write]

Measures speed and memory against real processes and prints a table; all scenarios unless some are named.
Ends with 1 when a target is missed. Let the machine do nothing else meanwhile.

${NAMES.map((name) => `  ${name.padEnd(26)}${SCENARIOS[name]?.summary}`).join('\n')}

  --quick   smaller sizes: minutes instead of an hour, to try a change; proves no target
  --write   puts the results into test/bench/RESULTS.md
  --help    this`;

const given = (args: readonly string[]) => {
  const options = { quick: { type: 'boolean' }, write: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const unknown = positionals.filter((name) => !NAMES.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no scenario ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);
  if (values.quick && values.write) throw new Error('What --quick measures proves nothing and is not written.');
  return { ...values, names: positionals.length === 0 ? NAMES : NAMES.filter((name) => positionals.includes(name)) };
};

/** A scenario that breaks has missed its target, and does not keep the others from being measured. */
const measured = async (name: string, quick: boolean): Promise<Row[]> => {
  const say = (message: string) => console.error(`${name}: ${message}`);
  say((SCENARIOS[name] as Scenario).summary);
  try {
    return await (SCENARIOS[name] as Scenario).run({ quick, say });
  } catch (error) {
    console.error(error);
    return [{ what: 'ended with an error', measured: String(error).split('\n')[0] ?? '', isKept: false }];
  }
};

const bench = async (args: readonly string[]): Promise<void> => {
  const { names, quick = false, write = false, help = false } = given(args);
  if (help) {
    console.log(HELP);
    return;
  }
  const results = new Map<string, Row[]>();
  for (const name of names) {
    const rows = await measured(name, quick);
    results.set(name, rows);
    console.error(`${shownResults(new Map([[name, rows]]))}\n`);
  }
  console.log(shownResults(results));
  if (write) await writeResults(results, NAMES);
  const missed = [...results.values()].flat().filter(({ isKept }) => isKept === false);
  if (missed.length > 0) process.exitCode = 1;
};

await bench(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
