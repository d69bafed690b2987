import assert from 'node:assert/strict';
import { itemPacers } from '../../simulate/fleet/pacers.ts';
import { simulate } from '../../simulate/fleet/run.ts';
import { readOptions } from '../../simulate/options.ts';
import { scenarioOf } from '../../simulate/scenarios.ts';

const run = (...args: string[]) => {
  const options = readOptions(args);
  return simulate(scenarioOf(options, options.workers[0] ?? 1), itemPacers);
};

describe('A fleet, simulated', () => {
  it('uses the whole quota and is never throttled, its workers sharing alike', async () => {
    const { phases } = await run('--workers', '4', '--quota', '6000000', '--seconds', '40');
    const [steady] = phases;
    assert.ok(steady !== undefined && steady.used >= 0.97 && steady.used <= 1.02, `used ${steady?.used}`);
    assert.equal(steady.throttled, 0);
    assert.ok(steady.fairness >= 0.95, `fairness ${steady.fairness}`);
  });

  it('does the same twice with one seed, and something else with another', async () => {
    const [first, again, other] = [
      await run('--workers', '3', '--seconds', '25', '--seed', '7'),
      await run('--workers', '3', '--seconds', '25', '--seed', '7'),
      await run('--workers', '3', '--seconds', '25', '--seed', '8'),
    ];
    assert.deepEqual(first, again);
    assert.notDeepEqual(first, other);
  });

  it('goes on at the full quota when half of it is killed, and does their work again', async () => {
    const { phases, queue } = await run('--workers', '4', '--quota', '6000000', '--seconds', '90', '--kill', '2@20s');
    const killed = phases[1];
    assert.ok(killed !== undefined && killed.used >= 0.95, `used ${killed?.used}`);
    assert.equal(killed.workers, 2);
    assert.ok(queue.redelivered > 0);
  });

  it('finds the new quota when Bedrock halves it', async () => {
    const { phases } = await run('--workers', '4', '--quota', '6000000', '--seconds', '60', '--halve', '20s');
    const halved = phases[1];
    assert.ok(halved !== undefined && halved.used >= 0.9, `used ${halved?.used}`);
    assert.ok(halved.throttled < 0.01, `throttled ${halved.throttled}`);
  });

  it('ends when all documents are embedded', async () => {
    const { drain, queue } = await run(
      '--workers',
      '2',
      '--quota',
      '6000000',
      '--documents',
      '200',
      '--seconds',
      '600',
    );
    assert.ok(!drain.isExtrapolated && drain.seconds < 60, `drained after ${drain.seconds} s`);
    assert.equal(queue.received, queue.settled);
  });
});
