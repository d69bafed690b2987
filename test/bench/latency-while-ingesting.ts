import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentRef } from '../../common/domain/document.ts';

import { manualText } from './manual.ts';
import { atMost, type Scenario, told } from './scenario.ts';
import { percentile } from './search-times.ts';
import { ready, type System, startSystem, waitUntil } from './system.ts';

const FULL = { gets: 2_000, searches: 500 };
const QUICK = { gets: 500, searches: 200 };
/** Enough to embed for longer than the requests take. */
const LONG = 10e6;
const SEARCHED = 300_000;
const QUERIES = [
  'when is the pump replaced',
  'who checks the pressure line',
  'oil leaves the housing',
  'noise of the engine',
];
const GET_MS = 50;
const SEARCH_MS = 300;
/** Between two requests of one kind, so that the clients do not take the processor that they wait for. */
const PAUSE_MS = 20;

/** How long each takes in ms, one after the other, shortest first. */
const times = async (count: number, request: (n: number) => Promise<unknown>): Promise<number[]> => {
  const all: number[] = [];
  for (let n = 0; n < count; n++) {
    const started = performance.now();
    await request(n);
    all.push(performance.now() - started);
    await sleep(PAUSE_MS);
  }
  return all.toSorted((a, b) => a - b);
};

const embedding = ({ ports }: System, ref: DocumentRef): Promise<void> =>
  waitUntil('the first batch to be embedded', async () => ((await ports.progress.get(ref))?.embedded ?? 0) > 0);

const row = (what: string, sorted: readonly number[], share: number) =>
  told(`${what} p${share * 100}`, `${percentile(sorted, share).toFixed(1)} ms`);

export const latencyWhileIngesting: Scenario = {
  summary: 'GET of a document and search by HTTP while a long text is embedded',
  async run({ quick, say }) {
    const { gets, searches } = quick ? QUICK : FULL;
    await using system = await startSystem();
    const { ada, ports } = system;
    const small = await ada.upload('handbook.txt', manualText(SEARCHED, 7));
    await ready(system, small);
    const long = await ada.upload('manual.txt', manualText(LONG));
    await embedding(system, long);
    say('requests begin');
    const [getTimes, searchTimes] = await Promise.all([
      times(gets, () => ada.get(`/v1/documents/${small.documentId}`)),
      times(searches, (n) => ada.search(`${QUERIES[n % QUERIES.length]} ${n}`)),
    ]);
    const { status } = await ports.documents.get(long);
    if (status !== 'processing')
      throw new Error(`the long text is ${status} already: the figures are of an idle system`);
    const p99 = (sorted: readonly number[]) => percentile(sorted, 0.99);
    return [
      row(`GET of a document (${gets})`, getTimes, 0.5),
      atMost({ what: 'GET of a document p99', value: p99(getTimes), target: GET_MS, unit: 'ms', digits: 1 }),
      row(`search (${searches})`, searchTimes, 0.5),
      atMost({ what: 'search p99', value: p99(searchTimes), target: SEARCH_MS, unit: 'ms', digits: 1 }),
    ];
  },
};
