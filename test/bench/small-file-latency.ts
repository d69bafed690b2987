import { atMost, type Scenario, told } from './scenario.ts';
import { percentile } from './search-times.ts';
import { type System, startSystem, waitUntil } from './system.ts';

const TARGET_MS = 2_000;
const FULL = 20;
const QUICK = 5;
const LETTERS = 'bcdfghjklmnpqrstvwz';

/** A word that no other document has. */
const wordOf = (n: number): string => `zu${LETTERS[n % LETTERS.length]}o${LETTERS[Math.floor(n / LETTERS.length)]}anti`;

/** From the first byte of the upload until a search finds it, in ms. */
const searchable = async ({ ada }: System, n: number): Promise<number> => {
  const word = wordOf(n);
  const started = performance.now();
  const { documentId } = await ada.upload(`${n}.md`, `# Part ${n}\n\nThe ${word} of the pump needs oil once a year.\n`);
  const isFound = async () => (await ada.search(word)).some((passage) => passage.documentId === documentId);
  await waitUntil(`a search for ${word} to find it`, isFound, { everyMs: 10, seconds: 60 });
  return performance.now() - started;
};

export const smallFileLatency: Scenario = {
  summary: 'from the upload of a small file until a search finds it',
  async run({ quick }) {
    await using system = await startSystem();
    const cold = await searchable(system, 0);
    const times: number[] = [];
    for (let n = 1; n < (quick ? QUICK : FULL); n++) times.push(await searchable(system, n));
    const warm = times.toSorted((a, b) => a - b);
    const form = { target: TARGET_MS, unit: 'ms' };
    return [
      atMost({ what: 'the first one after the start', value: cold, ...form }),
      atMost({ what: `the slowest of the ${warm.length} that follow`, value: Math.max(...warm), ...form }),
      told('their p50', `${percentile(warm, 0.5).toFixed(0)} ms`),
    ];
  },
};
