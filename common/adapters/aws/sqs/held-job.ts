import type { Message as ReceivedMessage } from '@aws-sdk/client-sqs';
import { codeOf, PASSING } from '../../../domain/errors.ts';
import type { Outcome } from '../../../domain/outcome.ts';
import type { StageName } from '../../../domain/stage-name.ts';
import type { Lease } from '../../../ports/job-queue.ts';
import { patience } from '../../../runtime/backoff.ts';
import { entryOf } from './burial.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { LeaseClock } from './lease-clock.ts';
import { bodyOf, groupOf, receiveCountOf } from './message-form.ts';
import type { Receipts } from './receipts.ts';
import type { Send } from './sender.ts';

export interface JobHands {
  readonly stage: StageName;
  readonly clock: LeaseClock;
  readonly receipts: Receipts;
  readonly heartbeat: Heartbeat;
  /** To the stage's dead-letter queue. */
  readonly bury: Send;
  readonly work: (lease: Lease) => Promise<Outcome>;
}

const RETURN_SECONDS_MOST = 60;

/** Works one job and settles it. Where it cannot be settled, its lease lapses and it comes again. */
export const workJob = async (message: ReceivedMessage, hands: JobHands): Promise<void> => {
  const { stage, clock, work } = hands;
  const receipt = message.ReceiptHandle ?? '';
  const signal = clock.take(receipt);
  try {
    const lease = {
      stage,
      body: bodyOf(message),
      group: groupOf(message),
      receiveCount: receiveCountOf(message),
      signal,
    };
    await settle({ ...hands, message, receipt, signal }, await work(lease));
  } catch {
    // nothing to tell: `work` turns failures into outcomes, and an unsettled job is redelivered
  } finally {
    clock.release(receipt);
  }
};

interface HeldJob extends JobHands {
  readonly message: ReceivedMessage;
  readonly receipt: string;
  readonly signal: AbortSignal;
}

/** The letter is durable before its job goes. A job whose lease is lost is somebody else's to settle. */
const settle = async (job: HeldJob, outcome: Outcome): Promise<void> => {
  const { message, receipt, receipts, bury } = job;
  if (outcome.fate === 'return') return giveBack(job, PASSING.has(outcome.code) ? 0 : returnSeconds(message));
  if (outcome.fate === 'bury') {
    const { code, reason } = outcome;
    await whileHeld(job, () => bury(entryOf({ message, code, reason, buriedAt: new Date().toISOString() })));
  }
  await whileHeld(job, () => receipts.remove(receipt));
};

const returnSeconds = (message: ReceivedMessage): number =>
  Math.min(2 ** (receiveCountOf(message) - 1), RETURN_SECONDS_MOST);

const giveBack = async ({ clock, heartbeat, receipt, receipts }: HeldJob, seconds: number): Promise<void> => {
  await heartbeat.rest();
  if (!clock.isHeld(receipt)) return;
  clock.release(receipt);
  await receipts.hide(receipt, seconds);
};

/** Tries on while SQS is away and the lease lasts: work that is done would be done again. */
const whileHeld = async ({ clock, receipt, signal }: HeldJob, act: () => Promise<void>): Promise<void> => {
  for (let tries = 1; clock.isHeld(receipt); tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!PASSING.has(codeOf(error))) throw error;
      await patience(tries, signal);
    }
  }
};
