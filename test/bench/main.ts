import { runBench } from './run.ts';
import { SCENARIOS } from './scenarios.ts';

const file = new URL('./RESULTS.md', import.meta.url);
await runBench({ scenarios: SCENARIOS, script: 'bench', file }, process.argv.slice(2));
