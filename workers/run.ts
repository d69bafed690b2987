import type { StageName } from '../common/domain/stage-name.ts';
import type { Extractor } from '../common/ports/extractor.ts';
import type { Home } from '../common/ports/home.ts';
import type { Ports } from '../common/ports/ports.ts';
import { seenDocuments } from '../common/runtime/seen-ports.ts';
import { consume, type Shell } from './consume.ts';
import { embedStage } from './embed/stage.ts';
import { extract } from './extract/stage.ts';
import { index } from './index/stage.ts';
import { keepCounting } from './maintenance/keep-counting.ts';
import { keepSweeping } from './maintenance/keep-sweeping.ts';

interface WorkerShell extends Shell<Ports & { extractor: Extractor }> {
  readonly upkeep: Home['upkeep'];
}

const CONSUMERS: Record<StageName, (shell: WorkerShell) => Promise<void>> = {
  extract: (shell) => consume(extract, shell),
  embed: (shell) =>
    consume(embedStage({ onVectors: (seen) => shell.observe({ name: 'vectors.ready', ...seen }) }), shell),
  index: (shell) => consume(index, shell),
};

/** Works the given stages until `stopping`; the one with the index stage sees to upkeep, where no schedule does. */
export const runWorkers = async (stages: readonly StageName[], unseen: WorkerShell): Promise<void> => {
  const documents = seenDocuments(unseen.ports.documents, unseen.observe);
  const shell = { ...unseen, ports: { ...unseen.ports, documents } };
  const running = stages.map((stage) => CONSUMERS[stage](shell));
  const { graceMs, sweepEveryMs: everyMs } = shell.upkeep;
  if (stages.includes('index') && everyMs !== undefined) {
    running.push(keepSweeping({ ...shell, graceMs, everyMs }), keepCounting(shell));
  }
  await Promise.all(running);
};
