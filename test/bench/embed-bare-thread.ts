import { parentPort, workerData } from 'node:worker_threads';
import { openModel } from '../../common/adapters/embedded/minilm/model.ts';

/** One thread of `bareRate`: tokenizes beforehand, waits for the word, runs the session for so long. */

export interface Measured {
  readonly texts: number;
  readonly ms: number;
  /** Of the processor, for this thread. */
  readonly cpuMs: number;
}

const { folder, texts, seconds }: { folder: string; texts: readonly string[]; seconds: number } = workerData;
const model = await openModel(folder);
const tokens = texts.map(model.tokensOf);

parentPort?.once('message', async () => {
  const cpu = process.threadCpuUsage();
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < seconds * 1000) {
    await model.vectorOf(tokens[done % tokens.length] as Int32Array);
    done += 1;
  }
  const ms = performance.now() - started;
  const { user, system } = process.threadCpuUsage(cpu);
  parentPort?.postMessage({ texts: done, ms, cpuMs: (user + system) / 1000 } satisfies Measured);
  await model[Symbol.asyncDispose]();
});
parentPort?.postMessage('ready');
