import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { Row } from './scenario.ts';

const HEADINGS = ['scenario', 'what', 'measured', 'target', ''];

const lineOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
const verdictOf = ({ isKept }: Row): string => (isKept === undefined ? '' : isKept ? 'kept' : '**missed**');
const rowLine = (scenario: string, row: Row): string =>
  lineOf([scenario, row.what, row.measured, row.target ?? '', verdictOf(row)]);

const tableOf = (lines: readonly string[]): string =>
  [lineOf(HEADINGS), lineOf(HEADINGS.map(() => '---')), ...lines].join('\n');

export type Results = ReadonlyMap<string, readonly Row[]>;

/** As a table in Markdown. */
export const shownResults = (results: Results): string =>
  tableOf([...results].flatMap(([scenario, rows]) => rows.map((row) => rowLine(scenario, row))));

const machine = (): string => {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${cpus().length} cores (${first?.model.trim()}), ${gigabytes} GB, ${process.platform} on ${process.arch}, Node ${process.version}`;
};

export interface Page {
  readonly file: URL;
  /** Of npm: 'bench'. */
  readonly script: string;
  /** Names of all scenarios. */
  readonly order: readonly string[];
}

/** Puts results into a page in place of older ones of the same scenarios. */
export const writeResults = async (results: Results, { file, script, order }: Page): Promise<void> => {
  const older = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const lines = order.flatMap((scenario) => {
    const rows = results.get(scenario);
    return rows?.map((row) => rowLine(scenario, row)) ?? older.filter((line) => line.startsWith(`| ${scenario} |`));
  });
  const text = `# What \`npm run ${script}\` measures

The targets of speed and memory, each measured against real processes, and wherever another figure is named, beside it in
the same run. A scenario is measured again, and its lines here replaced, by \`npm run ${script} -- <scenario> --write\`;
\`npm run ${script} -- --help\` says what each does.

Measured on: ${machine()}.

${tableOf(lines)}
`;
  await writeFile(file, text);
};
