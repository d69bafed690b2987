import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { refuseTelemetry } from '../../common/adapters/embedded/minilm/telemetry.ts';
import type { Measured } from './embed-bare-thread.ts';

export interface BareOptions {
  /** Where the model's file is kept. */
  readonly folder: string;
  readonly threads: number;
  /** Tokenized before the clock starts. */
  readonly texts: readonly string[];
  readonly seconds: number;
}

export interface Rate {
  readonly perSecond: number;
  /** Holds still where other programs take some of the processor. */
  readonly perCpuSecond: number;
}

/**
 * What the machine can do: worker threads that run the ONNX session and nothing else, each its own, one text after
 * another without a pause.
 */
export const bareRate = async ({ threads, ...workerData }: BareOptions): Promise<Rate> => {
  refuseTelemetry();
  const script = new URL('./embed-bare-thread.ts', import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(script, { workerData }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const runs = workers.map(async (worker) => {
    const ended = once(worker, 'exit');
    worker.postMessage('go');
    const [measured] = (await once(worker, 'message')) as [Measured];
    await ended;
    return measured;
  });
  const measured = await Promise.all(runs);
  const sum = (pick: (one: Measured) => number) => measured.reduce((total, one) => total + pick(one), 0);
  return {
    perSecond: sum(({ texts, ms }) => (texts / ms) * 1000),
    perCpuSecond: (sum(({ texts }) => texts) / sum(({ cpuMs }) => cpuMs)) * 1000,
  };
};
