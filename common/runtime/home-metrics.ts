import { Gauge, type Registry } from 'prom-client';
import { DOCUMENT_STATUSES } from '../domain/document.ts';
import { STAGE_NAMES, type StageName } from '../domain/stage-name.ts';
import type { Ports } from '../ports/ports.ts';
import { type DataQuality, keptDataQuality } from './kept-data-quality.ts';

interface Asking<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly Label[];
  readonly ask: (gauge: Gauge<Label>) => Promise<unknown>;
}

/** A gauge that is filled at each scrape; one that cannot be read is left out, so that the others are still seen. */
const asked = <Label extends string>(register: Registry, { ask, labelNames = [], ...about }: Asking<Label>): void => {
  new Gauge({
    ...about,
    labelNames: [...labelNames],
    registers: [register],
    async collect() {
      this.reset();
      if (labelNames.length === 0) this.remove(); // without labels a reset says 0
      await ask(this).catch(() => undefined);
    },
  });
};

const eachStage = (ask: (stage: StageName) => Promise<void>) => Promise.allSettled(STAGE_NAMES.map(ask));

/** What the queues say of themselves: for one process of a home. */
export const backlogMetrics = (register: Registry, { queue, deadLetters }: Pick<Ports, 'queue' | 'deadLetters'>) => {
  const depthOf = sharing(queue.depth);
  asked(register, {
    name: 'assistant_queue_messages',
    help: 'Messages in a queue: visible, in flight, delayed',
    labelNames: ['stage', 'state'],
    ask: (gauge) =>
      eachStage(async (stage) => {
        const { visible, inFlight, delayed } = await depthOf(stage);
        gauge.set({ stage, state: 'visible' }, visible);
        gauge.set({ stage, state: 'in_flight' }, inFlight);
        gauge.set({ stage, state: 'delayed' }, delayed);
      }),
  });
  asked(register, {
    name: 'assistant_queue_oldest_message_seconds',
    help: 'Age of the oldest message of a queue, 0 when there is none',
    labelNames: ['stage'],
    ask: (gauge) => eachStage(async (stage) => gauge.set({ stage }, (await depthOf(stage)).oldestSeconds)),
  });
  asked(register, {
    name: 'assistant_dead_letters',
    help: 'Messages in a dead-letter queue',
    labelNames: ['stage'],
    ask: (gauge) => eachStage(async (stage) => gauge.set({ stage }, await deadLetters.count(stage))),
  });
};

/** What the maintenance command data-quality has found out last: for one process of a home. */
export const qualityMetrics = (register: Registry, { blobs }: Pick<Ports, 'blobs'>): void => {
  const read = sharing(() => keptDataQuality({ blobs }));
  const found = async (tell: (quality: DataQuality) => void): Promise<void> => {
    const quality = await read('last');
    if (quality !== undefined) tell(quality);
  };
  asked(register, {
    name: 'assistant_users',
    help: 'Users, when they were counted last',
    ask: (gauge) => found(({ users }) => gauge.set(users)),
  });
  asked(register, {
    name: 'assistant_documents',
    help: 'Documents, when they were counted last',
    labelNames: ['status'],
    ask: (gauge) =>
      found(({ documents }) => {
        for (const status of DOCUMENT_STATUSES) gauge.set({ status }, documents[status]);
      }),
  });
  asked(register, {
    name: 'assistant_counted_timestamp_seconds',
    help: 'When users and documents were counted last',
    ask: (gauge) => found(({ at }) => gauge.set(Date.parse(at) / 1_000)),
  });
};

/** How it stands with the embedding quota, where there is one: for one process of a home. */
export const quotaMetrics = (register: Registry, { quota }: Pick<Ports, 'quota'>): void => {
  const read = sharing(() => quota.state());
  asked(register, {
    name: 'assistant_quota_tokens_per_second',
    help: 'The embedding quota of all workers: its limit, what is given out of it at present, what is used',
    labelNames: ['kind'],
    ask: async (gauge) => {
      const state = await read('now');
      if (state === undefined) return;
      gauge.set({ kind: 'limit' }, state.tokensPerMinute / 60);
      gauge.set({ kind: 'granted' }, state.grantedPerMinute / 60);
      gauge.set({ kind: 'used' }, state.usedPerMinute / 60);
    },
  });
  asked(register, {
    name: 'assistant_quota_throttled_ratio',
    help: 'Of all embedding calls of all workers, the part that was throttled',
    ask: async (gauge) => {
      const state = await read('now');
      if (state !== undefined) gauge.set(state.throttledShare);
    },
  });
};

/** All of them. */
export const homeMetrics = (
  register: Registry,
  ports: Pick<Ports, 'queue' | 'deadLetters' | 'blobs' | 'quota'>,
): void => {
  backlogMetrics(register, ports);
  qualityMetrics(register, ports);
  quotaMetrics(register, ports);
};

/** One scrape reads several gauges; the next one comes later than this. */
const SHARED_MS = 1_000;

/** Answers for a moment what was asked last, by the same name. Names come from a closed set. */
const sharing = <Name extends string, Answer>(ask: (name: Name) => Promise<Answer>) => {
  const answers = new Map<Name, { readonly at: number; readonly answer: Promise<Answer> }>();
  return (name: Name): Promise<Answer> => {
    const last = answers.get(name);
    if (last !== undefined && performance.now() - last.at < SHARED_MS) return last.answer;
    const answer = ask(name);
    answers.set(name, { at: performance.now(), answer });
    return answer;
  };
};
