import { temporaryQueues } from '../../support/aws/temporary-queues.ts';
import { atLeast, median, type Scenario, told } from '../scenario.ts';
import { fill, run, sendSlow } from './queue-load.ts';
import type { VariantName } from './queue-variants.ts';

const NAMES: readonly VariantName[] = ['ours, 10 slots', 'handleMessage, 10 a poll'];
const FULL = { rounds: 3, measured: 300 };
const QUICK = { rounds: 1, measured: 300 };
const TARGET = 5;

/** Fast messages a second, from the first of them to the last, while one takes 5 s. */
export const queueSlowMessage: Scenario = {
  summary: 'throughput with one 5 s message among 300 fast ones, against sqs-consumer’s handleMessage in batches of 10',
  async run({ quick, say }) {
    const { rounds, measured } = quick ? QUICK : FULL;
    await using temporary = await temporaryQueues();
    const rates = new Map<VariantName, number[]>(NAMES.map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const variant of NAMES) {
        await sendSlow(temporary);
        await fill(temporary, measured);
        const { ms } = await run({ variant, prefix: temporary.prefix, warmUp: 1, measured: measured - 1 });
        rates.get(variant)?.push((measured / ms) * 1_000);
      }
      say(NAMES.map((name) => `${name} ${rates.get(name)?.at(-1)?.toFixed(0)}/s`).join(', '));
    }
    const rate = (name: VariantName) => median(rates.get(name) ?? []);
    return [
      atLeast({
        what: 'fast messages a second : handleMessage',
        value: rate('ours, 10 slots') / rate('handleMessage, 10 a poll'),
        target: TARGET,
        digits: 1,
      }),
      ...NAMES.map((name) => told(`${name}, messages a second`, rate(name).toFixed(0))),
    ];
  },
};
