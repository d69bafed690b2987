import assert from 'node:assert/strict';
import { readOptions } from '../../simulate/options.ts';

describe('The options of the simulator', () => {
  it('have a value each where nothing is said', () => {
    const { workers, documents, quota, requests, events } = readOptions([]);
    assert.deepEqual(workers, [1, 4, 16, 100, 1_000]);
    assert.deepEqual(
      { documents, quota, requests, events },
      { documents: 10_000, quota: 300_000, requests: undefined, events: [] },
    );
  });

  it('say what befalls the fleet, as often as they are given', () => {
    const { events } = readOptions(['--kill', '2@10s', '--kill', '1@12.5s', '--join', '3@20', '--halve', '30s']);
    assert.deepEqual(events, [
      { kind: 'kill', count: 2, atMs: 10_000 },
      { kind: 'kill', count: 1, atMs: 12_500 },
      { kind: 'join', count: 3, atMs: 20_000 },
      { kind: 'halve', atMs: 30_000 },
    ]);
  });

  for (const [args, message] of [
    [['--workers', '1,x'], /--workers takes a number/],
    [['--documents', '0'], /--documents takes a number from 1/],
    [['--kill', '10s'], /--kill takes a count and a time like 2@10s/],
    [['--halve', 'soon'], /--halve takes a time like 20s/],
    [['--seconds', '5'], /--seconds takes a number from 20/],
    [['--wokers', '1'], /Unknown option '--wokers'/],
  ] as const) {
    it(`name what is wrong in ${args.join(' ')}`, () => {
      assert.throws(() => readOptions(args), message);
    });
  }
});
