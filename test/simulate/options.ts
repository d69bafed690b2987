import { parseArgs } from 'node:util';
import type { FleetEvent } from './fleet/scenario.ts';

export interface Options {
  readonly workers: readonly number[];
  readonly documents: number;
  readonly chunks: number;
  readonly tokens: number;
  readonly users: number;
  /** Tokens a minute. */
  readonly quota: number;
  /** A minute; undefined: the account has no such quota. */
  readonly requests: number | undefined;
  readonly burst: number;
  readonly latency: number;
  readonly index: number;
  readonly seconds: number;
  readonly seed: number;
  readonly events: readonly FleetEvent[];
  readonly compare: boolean;
  readonly help: boolean;
}

export const HELP = `npm run simulate [-- <options>]

A fleet of embed workers in virtual time: the program's own packer, pacer and quota ledger between models of Bedrock,
DynamoDB, SQS and OpenSearch. The same options give the same result.

  --workers 1,4,16,100,1000   fleets, one after the other
  --documents 10000           how many there are to embed
  --chunks 8                  of half of them at most; their sizes are log-normal
  --tokens 230                of half the chunks at most
  --users 20                  who put them in
  --quota 300000              tokens a minute, which all workers share
  --requests <n>              requests a minute, where the account has such a quota too
  --burst 5                   seconds' worth of the quota that Bedrock lets go at once after a rest
  --latency 120               ms of half the calls at most; 2 ms more a text
  --index 2000                chunks a second that OpenSearch takes
  --seconds 75                of virtual time, the first 15 unmeasured; what is left of the documents is extrapolated
  --kill 2@10s                kill -9 of so many after so long; again for more
  --join 2@20s                start so many more; again for more
  --halve 20s                 Bedrock's quota is halved, and nobody told
  --seed 1                    of all that is left to chance
  --compare                   only measure 1, 4 and 16 embedders in real time, and simulate the same: both figures
  --help                      this`;

const OPTIONS = {
  workers: { type: 'string', default: '1,4,16,100,1000' },
  documents: { type: 'string', default: '10000' },
  chunks: { type: 'string', default: '8' },
  tokens: { type: 'string', default: '230' },
  users: { type: 'string', default: '20' },
  quota: { type: 'string', default: '300000' },
  requests: { type: 'string' },
  burst: { type: 'string', default: '5' },
  latency: { type: 'string', default: '120' },
  index: { type: 'string', default: '2000' },
  seconds: { type: 'string', default: '75' },
  kill: { type: 'string', multiple: true, default: [] as string[] },
  join: { type: 'string', multiple: true, default: [] as string[] },
  halve: { type: 'string', multiple: true, default: [] as string[] },
  seed: { type: 'string', default: '1' },
  compare: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const LIMITS = { workers: 100_000, documents: 100_000_000, seconds: 86_400 } as const;

/** Throws Error that names the option. */
const numberOf = (name: string, text: string, { least = 1, most = Number.MAX_SAFE_INTEGER } = {}): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most)) {
    throw new Error(`--${name} takes a number from ${least} to ${most}, not ${JSON.stringify(text)}.`);
  }
  return value;
};

const SECONDS = /^(\d+(?:\.\d+)?)s?$/;
const COUNTED = /^(\d+)@(.+)$/;

const momentOf = (name: string, text: string): number => {
  const [, seconds] = SECONDS.exec(text) ?? [];
  if (seconds === undefined) throw new Error(`--${name} takes a time like 20s, not ${JSON.stringify(text)}.`);
  return Number(seconds) * 1_000;
};

const changeOf =
  (kind: 'kill' | 'join') =>
  (text: string): FleetEvent => {
    const [, count, time = ''] = COUNTED.exec(text) ?? [];
    if (count === undefined)
      throw new Error(`--${kind} takes a count and a time like 2@10s, not ${JSON.stringify(text)}.`);
    return { kind, count: Number(count), atMs: momentOf(kind, time) };
  };

/** Throws Error for what it does not understand. */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const whole = (name: 'documents' | 'users' | 'seed', most?: number): number =>
    Math.floor(numberOf(name, values[name], { least: name === 'seed' ? 0 : 1, ...(most !== undefined && { most }) }));
  return {
    workers: values.workers.split(',').map((text) => Math.floor(numberOf('workers', text, { most: LIMITS.workers }))),
    documents: whole('documents', LIMITS.documents),
    chunks: numberOf('chunks', values.chunks),
    tokens: numberOf('tokens', values.tokens),
    users: whole('users'),
    quota: numberOf('quota', values.quota),
    requests: values.requests === undefined ? undefined : numberOf('requests', values.requests),
    burst: numberOf('burst', values.burst, { least: 0.1 }),
    latency: numberOf('latency', values.latency),
    index: numberOf('index', values.index),
    seconds: numberOf('seconds', values.seconds, { least: 20, most: LIMITS.seconds }),
    seed: whole('seed'),
    events: [
      ...values.kill.map(changeOf('kill')),
      ...values.join.map(changeOf('join')),
      ...values.halve.map((text): FleetEvent => ({ kind: 'halve', atMs: momentOf('halve', text) })),
    ],
    compare: values.compare,
    help: values.help,
  };
};
