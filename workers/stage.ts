import type { StageName } from '../common/domain/stage-name.ts';
import type { Message } from '../common/ports/job-queue.ts';

/** What every job names, so that the shell can say who it was about and put an end to it. */
export interface About {
  readonly userId: string;
  readonly documentId?: string;
  readonly generation?: number;
}

export interface Stage<Job extends About, Needs> {
  /** Its row in pipeline.json. */
  readonly name: StageName;
  /** Throws `invalid`. */
  parse(body: unknown): Job;
  /** Returns what is to be sent on. May run twice, late, out of order; writes nothing once `signal` has aborted. */
  run(job: Job, needs: Needs, signal: AbortSignal): Promise<Message[]>;
}
