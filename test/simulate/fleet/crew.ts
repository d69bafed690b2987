import type { Pacer } from '../../../common/adapters/aws/bedrock/pacer.ts';
import type { FleetEvent, Scenario } from './scenario.ts';
import { openWorker, type Worker, type World } from './worker.ts';

export interface Crew {
  /** By worker; those that run. */
  tokens(): ReadonlyMap<number, number>;
  /** Computed by the busiest of those that run. */
  busiestMs(): number;
}

/** Workers do not start in the same moment. */
const START_MS = 1_000;

/** A scenario's workers, which come and go as it says. */
export const openCrew = (
  { workers: first, worker: settings, events }: Pick<Scenario, 'workers' | 'worker' | 'events'>,
  world: World,
  openPacer: () => Pacer,
): Crew => {
  const { clock, random, bedrock } = world;
  const workers = new Map<number, Worker>();
  let opened = 0;

  const start = (): void => {
    const id = opened;
    opened += 1;
    workers.set(id, openWorker({ ...world, id, settings, pacer: openPacer(), random: random.fork() }));
  };
  const join = (count: number): void => {
    for (let n = 0; n < count; n += 1) clock.after(random.next() * START_MS, start);
  };
  const kill = (count: number): void => {
    for (const [id, worker] of [...workers].slice(0, count)) {
      worker.crash();
      workers.delete(id);
    }
  };
  const befall = (event: FleetEvent): void => {
    if (event.kind === 'join') join(event.count);
    else if (event.kind === 'kill') kill(event.count);
    else bedrock.change({ tokensPerMinute: bedrock.settings().tokensPerMinute / 2 });
  };

  join(first);
  for (const event of events) clock.after(event.atMs, () => befall(event));
  return {
    tokens: () => new Map([...workers].map(([id, worker]) => [id, worker.tokens()])),
    busiestMs: () => Math.max(0, ...[...workers.values()].map((worker) => worker.busyMs())),
  };
};
