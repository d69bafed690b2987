import { atLeast, atMost, type Options, type Row, type Scenario } from '../scenario.ts';
import { type CrewOptions, openCrew } from './crew.ts';
import type { Figures } from './figures.ts';
import { installPeers } from './install-peers.ts';
import { steady } from './measured.ts';
import { openOurCrew } from './our-crew.ts';
import { peerRow } from './rows.ts';
import { MODEL, QUOTA, SLOTS, STUB, secondsOf } from './settings.ts';

type Peer = Pick<CrewOptions, 'way' | 'slots' | 'jobsTogether' | 'settings'>;

const LANGCHAIN = '../peers/langchain.ts';
const SDK = '../peers/sdk-loop.ts';

/** As many documents at once as our worker has; `one embedDocuments` is given all that there is, as its guides do. */
const PEERS = {
  'LangChain.js, a document a call': { way: LANGCHAIN, slots: SLOTS },
  'LangChain.js, a document at a time': { way: LANGCHAIN, slots: 1 },
  'LangChain.js, one embedDocuments': { way: LANGCHAIN, slots: 1, jobsTogether: Number.MAX_SAFE_INTEGER },
  'LlamaIndex.TS': { way: '../peers/llamaindex.ts', slots: SLOTS },
  'SDK, standard retries': { way: SDK, slots: SLOTS, settings: { retryMode: 'standard' } },
  'SDK, adaptive retries': { way: SDK, slots: SLOTS, settings: { retryMode: 'adaptive' } },
} satisfies Record<string, Peer>;
type PeerName = keyof typeof PEERS;

const OURS = 'ours';
type Name = typeof OURS | PeerName;

interface Case {
  readonly name: Name;
  readonly workers: number;
}

interface Limits {
  readonly tokensPerMinute: number | null;
  readonly requestsPerMinute: number | null;
}

const crewOf = (name: Name, stub: Limits) =>
  name === OURS ? openOurCrew({ stub }) : openCrew({ ...PEERS[name], model: MODEL, stub: { ...STUB, ...stub } });

const labelOf = ({ name, workers }: Case): string => `${name}, ${workers} ${workers === 1 ? 'process' : 'processes'}`;

/** Each case on a stub of its own with the same limits. */
const measured = async (
  cases: readonly Case[],
  stub: Limits,
  { quick, say }: Options,
): Promise<Map<string, Figures>> => {
  const all = new Map<string, Figures>();
  for (const each of cases) {
    await using crew = await crewOf(each.name, stub);
    const figures = await steady(crew, each.workers, secondsOf(quick));
    all.set(labelOf(each), figures);
    say(`${labelOf(each)}: ${figures.chunksPerSecond.toFixed(0)} chunks/s`);
  }
  return all;
};

const figuresIn = (all: ReadonlyMap<string, Figures>) => (name: Name, workers: number) =>
  all.get(labelOf({ name, workers })) as Figures;

const rowsOf = (all: ReadonlyMap<string, Figures>): Row[] => [...all].map(([what, figures]) => peerRow(what, figures));

const FULL: readonly Case[] = ([OURS, ...Object.keys(PEERS)] as Name[]).flatMap((name) =>
  [1, 16].map((workers) => ({ name, workers })),
);
const QUICK = FULL.filter(({ name }) => name === OURS || name.startsWith('LangChain.js, a document a call'));
const CPU_MOST = 0.5;
const SPEED_LEAST = 2.5;

/** Who else embeds the same texts on the same quota of tokens. */
export const peers: Scenario = {
  summary: 'LangChain.js, LlamaIndex.TS and SDK loops beside ours, on one quota of tokens',
  async run(options) {
    await installPeers(options.say);
    const limits = { tokensPerMinute: QUOTA, requestsPerMinute: null };
    const all = await measured(options.quick ? QUICK : FULL, limits, options);
    const of = figuresIn(all);
    const cpu = (workers: number) =>
      of(OURS, workers).cpuMsPerChunk / of('LangChain.js, a document a call', workers).cpuMsPerChunk;
    const target = CPU_MOST;
    return [
      atMost({ what: 'CPU a chunk : LangChain.js, 1 process', value: cpu(1), target, digits: 2 }),
      atMost({ what: 'CPU a chunk : LangChain.js, 16 processes', value: cpu(16), target, digits: 2 }),
      ...rowsOf(all),
    ];
  },
};

/** As many full calls as the quota of tokens has room for: who fills calls can use all of it. */
const REQUESTS = 720;

/** Bedrock counts calls too; where these are what is short, only a full call uses what it costs. */
export const peersRequests: Scenario = {
  summary: 'LangChain.js beside ours where the account also has a quota of requests',
  async run(options) {
    await installPeers(options.say);
    const limits = { tokensPerMinute: QUOTA, requestsPerMinute: REQUESTS };
    const cases = FULL.filter(({ name }) => [OURS, 'LangChain.js, a document a call'].includes(name));
    const all = await measured(cases, limits, options);
    const of = figuresIn(all);
    const speed = (workers: number) =>
      of(OURS, workers).chunksPerSecond / of('LangChain.js, a document a call', workers).chunksPerSecond;
    const what = 'chunks a second : LangChain.js, 16 processes';
    return [atLeast({ what, value: speed(16), target: SPEED_LEAST, digits: 1 }), ...rowsOf(all)];
  },
};
