import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type StubProcess, spawnBedrockStub } from '../../support/bedrock-stub/process.ts';
import type { Counters } from '../../support/bedrock-stub/quotas.ts';
import type { StubSettings } from '../../support/bedrock-stub/settings.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { treeCpu } from '../process-tree.ts';
import { writeCorpus } from './corpus.ts';
import type { Tally, Task } from './way.ts';

const NOTHING: Counters = { calls: 0, texts: 0, tokens: 0, throttled: 0, refused: 0, ms: 0 };

/** What is known at one moment. */
export interface Sample {
  /** In ms, of the stub's clock: a busy machine answers late. */
  readonly at: number;
  /** What Bedrock has seen. */
  readonly bedrock: Counters;
  /** By member; those that were killed stay as they were last seen. */
  readonly members: ReadonlyMap<number, Tally>;
  /** Of the stub, in ms. */
  readonly stubCpuMs: number;
}

/** Worker processes on one Bedrock. */
export interface Crew extends AsyncDisposable {
  readonly bedrock: StubProcess;
  /** Those that run. */
  members(): number[];
  /** Starts so many, and waits until they work. Returns their numbers. */
  add(count: number): Promise<number[]>;
  /** SIGKILL. */
  kill(members: readonly number[]): Promise<void>;
  sample(): Promise<Sample>;
}

export interface CrewOptions extends Omit<Task, 'bedrock' | 'corpus' | 'member'> {
  readonly stub: Partial<StubSettings>;
  /** Of the workers, above those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A crew without members. */
export const openCrew = async ({ stub, env = {}, ...task }: CrewOptions): Promise<Crew> => {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const corpus = await writeCorpus(path);
  const bedrock = stack.use(await spawnBedrockStub({ vectors: 'canned', ...stub }));
  const running = new Map<number, ChildProcess>();
  const tallies = new Map<number, Tally>();
  let next = 0;

  const end = async (member: number): Promise<void> => {
    const child = running.get(member);
    running.delete(member);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const start = async (member: number): Promise<number> => {
    const told: Task = { ...task, bedrock: bedrock.url, corpus, member };
    const child = fork(`${import.meta.dirname}/worker.ts`, [JSON.stringify(told)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    running.set(member, child);
    await answerOf(child, 'A worker of the bench ended before it worked.');
    return member;
  };
  const look = async (member: number, child: ChildProcess): Promise<void> => {
    const answer = answerOf<Tally>(child, 'A worker of the bench has ended by itself.');
    child.send('tally');
    tallies.set(member, await answer);
  };

  stack.defer(async () => void (await Promise.all([...running.keys()].map(end))));
  const owned = stack.move();
  return {
    bedrock,
    members: () => [...running.keys()],
    add: (count) => Promise.all(Array.from({ length: count }, () => start(next++))),
    kill: async (members) => void (await Promise.all(members.map(end))),
    async sample() {
      await Promise.all([...running].map(([member, child]) => look(member, child)));
      const [counted = NOTHING] = Object.values(await bedrock.counters());
      const stubCpuMs = (await treeCpu(bedrock.pid)) * 1_000;
      return { at: counted.ms, bedrock: counted, members: new Map(tallies), stubCpuMs };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** A busy machine takes its time, and no longer. */
const ANSWER_MS = 60_000;

const answerOf = async <Answer>(child: ChildProcess, otherwise: string): Promise<Answer> => {
  const settled = new AbortController();
  const signal = AbortSignal.any([settled.signal, AbortSignal.timeout(ANSWER_MS)]);
  const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error(otherwise)));
  ended.catch(() => undefined); // who waits below is told
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal }), ended]);
    return answer as Answer;
  } finally {
    settled.abort();
  }
};
