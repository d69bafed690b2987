import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const FOLDERS = ['api', 'workers', 'common', 'deploy', 'test'];
/** What the program is measured beside, with packages of its own that need not be installed. */
const PEERS = 'test/bench/peers/**';
const MB = 1024 ** 2;

/** Holds the rules of .dependency-cruiser.cjs against every source file, and fails where one was not looked at. */
const report = JSON.parse(
  execFileSync('depcruise', [...FOLDERS, '--output-type', 'json', '--no-progress'], {
    encoding: 'utf8',
    maxBuffer: 256 * MB,
    shell: process.platform === 'win32',
  }),
) as Report;
const seen = new Set(report.modules.map(({ source }) => source));
const sources = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.ts`, { exclude: [PEERS] })).map((path) =>
  path.replaceAll('\\', '/'),
);
const faults = [
  ...report.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`),
  ...sources.filter((path) => !seen.has(path)).map((path) => `not looked at: ${path}`),
  ...(sources.length === 0 ? ['there are no sources'] : []),
];
for (const fault of faults) console.error(fault);
console.log(`${sources.length} files looked at, ${faults.length} faults in their imports`);
process.exitCode = faults.length === 0 ? 0 : 1;
