import type { StageName } from '../common/domain/stage-name.ts';
import type { Message } from '../common/ports/job-queue.ts';

export interface Stage<Job, Needs> {
  /** Its row in pipeline.json. */
  readonly name: StageName;
  /** Throws `invalid`. */
  parse(body: unknown): Job;
  /** Returns what is to be sent on. May run twice, late, out of order; writes nothing once `signal` has aborted. */
  run(job: Job, needs: Needs, signal: AbortSignal): Promise<Message[]>;
}
