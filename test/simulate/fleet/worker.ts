import type { Pacer } from '../../../common/adapters/aws/bedrock/pacer.ts';
import { openPacker } from '../../../common/adapters/aws/bedrock/packer.ts';
import { AppError } from '../../../common/domain/errors.ts';
import type { Clock } from '../../../common/runtime/clock.ts';
import type { Random } from '../engine/random.ts';
import type { BedrockModel } from '../models/bedrock.ts';
import { processor } from '../models/processor.ts';
import type { SearchIndexModel } from '../models/search-index.ts';
import type { Job, Workload } from '../workload/workload.ts';

/** What a worker finds around it. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly workload: Workload;
  readonly bedrock: BedrockModel;
  readonly index: SearchIndexModel;
}

export interface WorkerSettings {
  /** Jobs at once. */
  readonly slots: number;
  readonly textsPerCall: number;
  /** By our estimate. */
  readonly tokensPerCall: number;
  readonly lingerMs: number;
  readonly callsInFlight: number;
  readonly patienceMs: number;
  /** Computing for each text that is embedded, and for each job besides. */
  readonly msPerText: number;
  readonly msPerJob: number;
  /** A job's reads before its texts are there, and its writes after their vectors. */
  readonly readMs: number;
  readonly writeMs: number;
}

export interface Worker {
  /** Of the calls that Bedrock answered. */
  tokens(): number;
  calls(): number;
  busyMs(): number;
  /** As kill -9: its jobs come back when their leases lapse. */
  crash(): void;
}

const SPREAD = 0.3;
const POLL_MOST = 10;

export interface WorkerOptions extends World {
  /** Of the fleet, from 0. */
  readonly id: number;
  readonly pacer: Pacer;
  readonly settings: WorkerSettings;
}

/** An embed worker: the program's own packer and pacer, between models of the services. */
export const openWorker = (options: WorkerOptions): Worker => {
  const { id, pacer, settings, clock, random, workload, bedrock, index } = options;
  const queue = workload.jobsOf(id);
  const cpu = processor(clock);
  const dead = new AbortController();
  const jobs = new Set<Job>();
  let onFree = () => {};
  let tokensSpent = 0;
  let callsMade = 0;

  const call = async (texts: readonly string[]) => {
    await cpu.compute(settings.msPerText * texts.length);
    dead.signal.throwIfAborted();
    const tokens = Math.round(texts.reduce((sum, text) => sum + workload.countTokens(text), 0));
    await bedrock.embed(texts.length, tokens);
    tokensSpent += tokens;
    callsMade += 1;
    return { vectors: texts.map(() => VECTOR), tokens };
  };
  const { textsPerCall, tokensPerCall, lingerMs, callsInFlight, patienceMs } = settings;
  const limits = { texts: textsPerCall, tokens: tokensPerCall };
  const packer = openPacker({ limits, lingerMs, callsInFlight, patienceMs, pacer, clock, call });

  /** As the shell does: what passes by itself is waited out, the lease held. */
  const embedded = async ({ texts, group }: Job): Promise<void> => {
    for (;;) {
      try {
        await packer.embed(texts, { group, signal: dead.signal });
        return;
      } catch (error) {
        if (dead.signal.aborted || !(error instanceof AppError)) throw error;
        await clock.sleep(1_000 * (1 + random.next()), dead.signal);
      }
    }
  };

  const work = async (job: Job): Promise<void> => {
    await cpu.compute(settings.msPerJob);
    await clock.sleep(random.logNormal(settings.readMs, SPREAD), dead.signal);
    await embedded(job);
    await clock.sleep(random.logNormal(settings.writeMs, SPREAD), dead.signal);
    jobs.delete(job);
    index.add(job.texts.length);
    await queue.settle(job);
  };

  const begin = (job: Job): void => {
    jobs.add(job);
    work(job)
      .catch(ifAlive(dead.signal))
      .finally(() => onFree());
  };

  const room = async (): Promise<void> => {
    while (jobs.size >= settings.slots) {
      await new Promise<void>((resolve) => {
        onFree = resolve;
      });
    }
  };

  const poll = async (): Promise<void> => {
    while (!dead.signal.aborted) {
      const received = await queue.receive(Math.min(POLL_MOST, settings.slots - jobs.size));
      if (dead.signal.aborted) queue.abandon(received);
      else for (const job of received) begin(job);
      await room();
    }
  };

  void poll();
  return {
    tokens: () => tokensSpent,
    calls: () => callsMade,
    busyMs: () => cpu.busyMs(),
    crash() {
      dead.abort(new Error('killed'));
      queue.abandon([...jobs]);
      jobs.clear();
      packer[Symbol.dispose]();
    },
  };
};

const VECTOR = '[1]';

/** What a dead worker throws is heard by nobody; anything else is a fault of the program, and ends the simulation. */
const ifAlive =
  (dead: AbortSignal) =>
  (error: unknown): void => {
    if (!dead.aborted) throw error;
  };
