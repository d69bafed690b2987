import { compare } from './compare/compare.ts';
import { itemPacers } from './fleet/pacers.ts';
import { simulate } from './fleet/run.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { ceilingTable, type Run } from './report/ceilings.ts';
import { rounded } from './report/figures.ts';
import { fleetTable } from './report/fleet-table.ts';
import { scenarioOf } from './scenarios.ts';

const say = (text: string): void => void process.stderr.write(text);

const runOf = async (options: Options, workers: number): Promise<Run> => {
  const scenario = scenarioOf(options, workers);
  const started = performance.now();
  let shown = 0;
  const outcome = await simulate(scenario, itemPacers, (elapsedMs) => {
    const seconds = Math.floor(elapsedMs / 1_000);
    if (seconds < shown + 10) return;
    shown = seconds;
    say(`\r${workers} workers: ${seconds} of ${options.seconds} s`);
  });
  const took = (performance.now() - started) / 1_000;
  say(`\r${workers} workers: done in ${rounded(took)} s, ${outcome.events.toLocaleString('en')} events\n`);
  return { scenario, outcome };
};

const showComparison = async (): Promise<void> => {
  const { table, isNear } = await compare(say);
  console.log(`\n${table}`);
  if (!isNear) process.exitCode = 1;
};

const main = async (args: readonly string[]): Promise<void> => {
  const options = readOptions(args);
  if (options.help) return console.log(HELP);
  if (options.compare) return showComparison();
  const runs: Run[] = [];
  for (const workers of options.workers) runs.push(await runOf(options, workers));
  console.log(`\n${fleetTable(runs.map(({ outcome }) => outcome))}`);
  console.log(`\nWhere ceilings are met, in proportion to the largest fleet below each:\n\n${ceilingTable(runs)}`);
};

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
