import { temporaryQueues } from '../../support/aws/temporary-queues.ts';
import { atMost, median, type Row, type Scenario, told } from '../scenario.ts';
import { fill, run } from './queue-load.ts';
import { VARIANTS, type VariantName } from './queue-variants.ts';

const NAMES = Object.keys(VARIANTS) as VariantName[];
const FULL = { rounds: 5, warmUp: 1_500, measured: 1_500 };
const QUICK = { rounds: 1, warmUp: 200, measured: 500 };
const BARE_MOST = 1.15;
const HANDLE_MESSAGE_MOST = 0.35;
const US_PER_MS = 1_000;

/** CPU of the consuming process per message, in microseconds; each variant in a process of its own, by turns. */
export const queueCpu: Scenario = {
  summary: 'CPU per message consumed, against a bare SDK loop and sqs-consumer’s handleMessage',
  async run({ quick, say }) {
    const { rounds, ...sizes } = quick ? QUICK : FULL;
    await using temporary = await temporaryQueues();
    const costs = new Map<VariantName, number[]>(NAMES.map((name) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const variant of NAMES) {
        await fill(temporary, sizes.warmUp + sizes.measured);
        const { cpuMs } = await run({ variant, prefix: temporary.prefix, ...sizes });
        costs.get(variant)?.push((cpuMs * US_PER_MS) / sizes.measured);
      }
      say(NAMES.map((name) => `${name} ${costs.get(name)?.at(-1)?.toFixed(0)} us`).join(', '));
    }
    return rowsOf((name) => median(costs.get(name) ?? []));
  },
};

const rowsOf = (cost: (name: VariantName) => number): Row[] => {
  const ratio = (peer: VariantName, target: number) =>
    atMost({ what: `CPU a message, 20 slots : ${peer}`, value: cost('ours') / cost(peer), target, digits: 2 });
  return [
    ratio('bare', BARE_MOST),
    ratio('handleMessage', HANDLE_MESSAGE_MOST),
    told('the same : handleMessage, 10 a poll', (cost('ours') / cost('handleMessage, 10 a poll')).toFixed(2)),
    ...NAMES.map((name) => told(`${name}, CPU a message`, `${cost(name).toFixed(0)} us`)),
  ];
};
