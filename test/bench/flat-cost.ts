import assert from 'node:assert/strict';
import pLimit from 'p-limit';
import { treeCpu } from './process-tree.ts';
import { atMost, mean, type Scenario, told } from './scenario.ts';
import { type System, startSystem, waitUntil } from './system.ts';

const TARGET = 1.2;
const FULL = { few: 1_000, many: 20_000, block: 200, rounds: 5 };
const QUICK = { few: 200, many: 2_000, block: 100, rounds: 3 };
const UPLOADS_AT_ONCE = 8;
const HOUR = 3_600;
/** Of those that fill it, uploaded before it is waited for. */
const FILL = 500;

const noteOf = (n: number): string =>
  `Note ${n}: the valve of pump ${n % 97} was replaced, and its pressure is ${(n * 31) % 211} bar.\n`;

interface Filled {
  readonly system: System;
  count: number;
}

const isIdle = async ({ ports, ada }: System): Promise<boolean> => {
  const { items } = await ports.directory.list({ userId: ada.userId, limit: 1, status: 'processing' });
  return items.length === 0;
};

/** Uploads small files and waits until the last one is ready. */
const add = async (filled: Filled, count: number) => {
  const { system } = filled;
  const limit = pLimit(UPLOADS_AT_ONCE);
  const numbers = Array.from({ length: count }, (_, n) => filled.count + n);
  const cpu = await treeCpu(system.pid);
  const started = performance.now();
  await limit.map(numbers, (n) => system.ada.upload(`notes/${n}.txt`, noteOf(n)));
  await waitUntil('all to be ready', () => isIdle(system), { seconds: HOUR });
  const ms = (performance.now() - started) / count;
  const cpuMs = (((await treeCpu(system.pid)) - cpu) * 1000) / count;
  filled.count += count;
  return { ms, cpuMs };
};

const fillUpTo = async (filled: Filled, count: number, say: (message: string) => void): Promise<void> => {
  while (filled.count < count) {
    const { ms } = await add(filled, Math.min(FILL, count - filled.count));
    say(`${filled.count} documents; ${ms.toFixed(1)} ms each`);
  }
};

const failures = async ({ ports, ada }: System): Promise<number> =>
  (await ports.directory.list({ userId: ada.userId, limit: 1, status: 'error' })).items.length;

/** Two systems, one with few documents and one with many, get more by turns: what else the machine does falls on both. */
export const flatCost: Scenario = {
  summary: 'small files: one more costs the same however many are there',
  async run({ quick, say }) {
    const { few, many, block, rounds } = quick ? QUICK : FULL;
    await using small = await startSystem();
    await using large = await startSystem();
    const [a, b]: [Filled, Filled] = [
      { system: small, count: 0 },
      { system: large, count: 0 },
    ];
    const half = (block * rounds) / 2; // so that the mark lies in the middle of what is measured
    await fillUpTo(b, many - half, say);
    await fillUpTo(a, few - half, say);
    const costs = { few: [] as number[], many: [] as number[], fewCpu: [] as number[], manyCpu: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const [atFew, atMany] = [await add(a, block), await add(b, block)];
      costs.few.push(atFew.ms);
      costs.fewCpu.push(atFew.cpuMs);
      costs.many.push(atMany.ms);
      costs.manyCpu.push(atMany.cpuMs);
      say(`round ${round + 1}: ${atFew.ms.toFixed(1)} and ${atMany.ms.toFixed(1)} ms a document`);
    }
    assert.equal((await failures(small)) + (await failures(large)), 0);
    const [ratio, cpuRatio] = [mean(costs.many) / mean(costs.few), mean(costs.manyCpu) / mean(costs.fewCpu)];
    const each = (n: number, ms: readonly number[], cpu: readonly number[]) =>
      told(
        `around the ${n.toLocaleString('en')}th`,
        `${mean(ms).toFixed(1)} ms each, of the processor ${mean(cpu).toFixed(1)} ms; ${(1000 / mean(ms)).toFixed(0)} documents/s`,
      );
    return [
      atMost({
        what: `time of the ${many.toLocaleString('en')}th : the ${few.toLocaleString('en')}th`,
        value: ratio,
        target: TARGET,
        digits: 2,
      }),
      told('the same in time of the processor', cpuRatio.toFixed(2)),
      each(few, costs.few, costs.fewCpu),
      each(many, costs.many, costs.manyCpu),
    ];
  },
};
