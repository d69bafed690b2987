import { AppError, codeOf, PASSING } from '../common/domain/errors.ts';
import { type Outcome, outcomeOf } from '../common/domain/outcome.ts';
import pipeline from '../common/pipeline.json' with { type: 'json' };
import type { Lease, Message } from '../common/ports/job-queue.ts';
import { patience } from '../common/runtime/backoff.ts';
import type { Observe } from '../common/runtime/sight.ts';
import { aboutOf, type ConcludeNeeds, conclude } from './conclude.ts';
import type { Stage } from './stage.ts';

export interface Shell<Needs> {
  readonly ports: Needs & ConcludeNeeds;
  readonly observe: Observe;
  /** Aborts when no more jobs are to be taken. */
  readonly stopping: AbortSignal;
  /** Aborts a while later, when jobs under way are to be given back. */
  readonly leaving: AbortSignal;
}

const DONE: Outcome = { fate: 'done' };
const GIVEN_BACK: Outcome = { fate: 'return', code: 'unavailable', reason: 'This worker stops or has lost its lease.' };

/** Works a stage's queue until `stopping`; resolves when nothing is under way any more. */
export const consume = <Job, Needs>(stage: Stage<Job, Needs>, shell: Shell<Needs>): Promise<void> =>
  shell.ports.queue.consume(
    stage.name,
    { slots: pipeline[stage.name].concurrency, stopping: shell.stopping },
    (lease) => work(stage, lease, shell),
  );

/** Works one lease; a failed job is an outcome here, not an exception. */
export const work = async <Job, Needs>(
  stage: Stage<Job, Needs>,
  lease: Lease,
  shell: Shell<Needs>,
): Promise<Outcome> => {
  const started = performance.now();
  shell.observe({ name: 'job.begun', stage: stage.name });
  const signal = AbortSignal.any([lease.signal, shell.leaving]);
  const { outcome, cause } = await attempt(stage, lease, { ...shell, signal });
  if (lease.signal.aborted) shell.observe({ name: 'lease.lost', stage: stage.name, ...aboutOf(lease) });
  const settled = await conclude(lease, outcome, shell.ports);
  const ms = performance.now() - started;
  shell.observe({
    name: 'job.settled',
    stage: stage.name,
    ms,
    receiveCount: lease.receiveCount,
    ...settled,
    ...aboutOf(lease),
    ...(cause !== undefined && { cause }),
  });
  return settled;
};

interface Attempt {
  readonly outcome: Outcome;
  /** What was thrown, for the log. */
  readonly cause?: unknown;
}

/** Runs the job, again and again while what stands in its way passes by itself. */
const attempt = async <Job, Needs>(
  stage: Stage<Job, Needs>,
  lease: Lease,
  { ports, observe, signal }: Shell<Needs> & { signal: AbortSignal },
): Promise<Attempt> => {
  if (lease.receiveCount > pipeline[stage.name].attempts) return { outcome: outcomeOf(tooOften(lease)) };
  for (let tries = 1; ; tries += 1) {
    try {
      await advance(stage, lease, { ports, signal });
      return { outcome: DONE };
    } catch (cause) {
      if (signal.aborted) return { outcome: GIVEN_BACK };
      const code = codeOf(cause);
      if (!PASSING.has(code)) return { outcome: outcomeOf(cause), cause };
      observe({ name: 'job.waiting', stage: stage.name, code, tries, cause, documentId: aboutOf(lease).documentId });
      await patience(tries, signal);
    }
  }
};

/** Parses, runs and sends on. Sending comes before settling: a crash in between repeats a job and loses none. */
const advance = async <Job, Needs>(
  stage: Stage<Job, Needs>,
  lease: Lease,
  { ports, signal }: { ports: Needs & ConcludeNeeds; signal: AbortSignal },
): Promise<void> => {
  signal.throwIfAborted();
  const messages: Message[] = await stage.run(stage.parse(lease.body), ports, signal);
  signal.throwIfAborted();
  if (messages.length > 0) await ports.queue.send(messages);
};

const tooOften = ({ receiveCount }: Lease) =>
  new AppError(
    'unreadable',
    `Processing broke off ${receiveCount - 1} times without an end. Reprocess it to try again.`,
  );
