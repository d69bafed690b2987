import type { Outcome } from '../domain/outcome.ts';
import type { StageName } from '../domain/stage-name.ts';

/** A job on its way to a stage's queue. */
export interface Message {
  readonly stage: StageName;
  readonly body: unknown;
  /** Whose turn it takes: groups share a queue fairly. */
  readonly group: string;
  /** Invisible for so long; at most 900. */
  readonly delaySeconds?: number;
}

/** The hold on a message, renewed by heartbeats until its work has settled. */
export interface Lease {
  readonly stage: StageName;
  readonly body: unknown;
  readonly group: string;
  /** From 1. */
  readonly receiveCount: number;
  /** Aborts when the lease is lost: another worker may have the message by now. */
  readonly signal: AbortSignal;
}

export interface Depth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Age of the oldest message in seconds, whatever its state; 0 when there is none. */
  readonly oldestSeconds: number;
}

/**
 * At-least-once queues, one a stage: a message may come twice, late and out of order.
 * The shell buries a message that came more often than pipeline.json allows. May throw `unavailable`.
 */
export interface JobQueue {
  /** All are durable when it returns. Throws `storage_full`. */
  send(messages: readonly Message[]): Promise<void>;
  /**
   * Gives each message to `work`, at most `slots` at once, or fewer where the home gains nothing by more, and settles it
   * by the outcome.
   * Once `stopping` aborts it takes no more, waits for what is under way, and resolves.
   */
  consume(
    stage: StageName,
    options: { slots: number; stopping: AbortSignal },
    work: (lease: Lease) => Promise<Outcome>,
  ): Promise<void>;
  depth(stage: StageName): Promise<Depth>;
}
