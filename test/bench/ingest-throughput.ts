import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { type DocumentChunk, embeddedText } from '../../common/domain/chunk.ts';
import type { DocumentRef } from '../../common/domain/document.ts';
import { chunkKey } from '../../common/domain/keys.ts';
import { fromJson } from '../../common/runtime/json.ts';
import { MODEL_DIR } from '../support/home.ts';

import type { BareOptions, Rate } from './embed-bare.ts';
import { manualText } from './manual.ts';
import { treeCpu } from './process-tree.ts';
import { atLeast, mean, type Scenario, told } from './scenario.ts';
import { ready, type System, startSystem, THREADS } from './system.ts';

const TARGET = 0.9;
const FULL = { rounds: 3, characters: 6e6, bareSeconds: 15 };
const QUICK = { rounds: 1, characters: 2e6, bareSeconds: 5 };
/** For the bare session: as many of each text's chunks as it gets through. */
const SAMPLE = 200;
/** What the launcher gives its worker process: beside other programs, both get the same share. */
const NICENESS = 10;

const bareProcess = (): ChildProcess & Disposable => {
  const child = fork(new URL('./embed-bare-process.ts', import.meta.url));
  setPriority(child.pid as number, NICENESS);
  return Object.assign(child, { [Symbol.dispose]: () => void child.kill() });
};

const bareRateIn = async (child: ChildProcess, options: BareOptions): Promise<Rate> => {
  child.send(options);
  const [rate] = await once(child, 'message');
  return rate as Rate;
};

/** What the pipeline has embedded of a document, evenly from all of it. */
const embeddedTexts = async ({ ports }: System, ref: DocumentRef, chunkCount: number): Promise<string[]> => {
  const { fileName } = await ports.documents.get(ref);
  const indexes = Array.from({ length: Math.min(SAMPLE, chunkCount) }, (_, n, step = chunkCount / SAMPLE) =>
    Math.floor(n * Math.max(1, step)),
  );
  const chunks = indexes.map(async (index) => fromJson((await ports.blobs.get(chunkKey(ref, index))).body));
  return (await Promise.all(chunks)).map((chunk) => embeddedText(fileName, chunk as DocumentChunk));
};

const ingest = async (system: System, content: string) => {
  const cpu = await treeCpu(system.pid);
  const started = performance.now();
  const ref = await system.ada.upload('manual.txt', content);
  await ready(system, ref);
  const seconds = (performance.now() - started) / 1000;
  const cpuSeconds = (await treeCpu(system.pid)) - cpu;
  const { chunkCount = 0 } = await system.ports.documents.get(ref);
  const rate: Rate = { perSecond: chunkCount / seconds, perCpuSecond: chunkCount / cpuSeconds };
  return { rate, texts: await embeddedTexts(system, ref, chunkCount) };
};

/** Upload by REST to `ready`, beside as many threads that run the session on the same texts and nothing else. */
export const ingestThroughput: Scenario = {
  summary: 'long text from upload to ready, beside the bare ONNX session',
  async run({ quick, say }) {
    const { rounds, characters, bareSeconds } = quick ? QUICK : FULL;
    await using system = await startSystem();
    using bareChild = bareProcess();
    const bare: Rate[] = [];
    const whole: Rate[] = [];
    for (let round = 0; round < rounds; round++) {
      const { rate, texts } = await ingest(system, manualText(characters, round + 1));
      whole.push(rate);
      bare.push(await bareRateIn(bareChild, { folder: MODEL_DIR, threads: THREADS, texts, seconds: bareSeconds }));
      say(
        `round ${round + 1} of ${rounds}: ${rate.perSecond.toFixed(1)} and ${bare.at(-1)?.perSecond.toFixed(1)} chunks/s`,
      );
    }
    const average = (rates: readonly Rate[], of: keyof Rate) => mean(rates.map((rate) => rate[of]));
    const ratio = (of: keyof Rate) => average(whole, of) / average(bare, of);
    return [
      atLeast({ what: 'chunks/s, pipeline : bare session', value: ratio('perSecond'), target: TARGET, digits: 3 }),
      told('the same per second of the processor', ratio('perCpuSecond').toFixed(3)),
      told('pipeline, chunks/s', average(whole, 'perSecond').toFixed(1)),
      told('bare session, chunks/s', average(bare, 'perSecond').toFixed(1)),
    ];
  },
};
