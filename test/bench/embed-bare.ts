import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Measured } from './embed-bare-thread.ts';

export interface BareOptions {
  /** Where the model's file is kept. */
  readonly folder: string;
  readonly threads: number;
  /** Tokenized before the clock starts. */
  readonly texts: readonly string[];
  readonly seconds: number;
}

/**
 * What the machine can do: worker threads that run the ONNX session and nothing else, each its own, one text after
 * another without a pause.
 * @returns texts per second, of all threads together
 */
export const bareSession = async ({ threads, ...workerData }: BareOptions): Promise<number> => {
  const script = new URL('./embed-bare-thread.ts', import.meta.url);
  const workers = Array.from({ length: threads }, () => new Worker(script, { workerData }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const rates = workers.map(async (worker) => {
    worker.postMessage('go');
    const [{ texts, ms }] = (await once(worker, 'message')) as [Measured];
    await once(worker, 'exit');
    return (texts / ms) * 1000;
  });
  return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0);
};
