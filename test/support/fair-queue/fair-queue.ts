import { EventEmitter, once } from 'node:events';
import type { StageName } from '../../../common/domain/stage-name.ts';
import type { JobQueue, Lease, Message } from '../../../common/ports/job-queue.ts';
import { noise } from './noise.ts';

/** What has been sent and not been delivered, of one stage. */
interface Waiting {
  readonly message: Message;
  readonly sentAt: number;
  readonly receiveCount: number;
}

/** Never: nobody else takes from this queue. */
const KEPT = new AbortController().signal;

/**
 * A standard queue of SQS with fair delivery, in this process' memory: messages of quiet groups come before those of
 * noisy ones, oldest first; of noisy groups the one with the fewest in flight. Leases do not lapse and nothing is
 * delivered twice; who gives a message back gets it again at once.
 */
export const fairQueue = (now: () => number = () => performance.now()): JobQueue => {
  const stages = new Map<StageName, ReturnType<typeof stageQueue>>();
  const of = (stage: StageName) => {
    const queue = stages.get(stage) ?? stageQueue(now);
    stages.set(stage, queue);
    return queue;
  };
  return {
    async send(messages) {
      for (const message of messages) of(message.stage).add({ message, sentAt: now(), receiveCount: 1 });
    },
    async consume(stage, { slots, stopping }, work) {
      const queue = of(stage);
      const slot = async (): Promise<void> => {
        for (;;) {
          const waiting = await queue.next(stopping);
          if (waiting === undefined) return;
          const outcome = await work(leaseOf(waiting));
          queue.end(waiting, outcome.fate === 'return');
        }
      };
      await Promise.all(Array.from({ length: slots }, slot));
    },
    depth: async (stage) => of(stage).depth(),
  };
};

const leaseOf = ({ message: { stage, body, group }, receiveCount }: Waiting): Lease => ({
  stage,
  body,
  group,
  receiveCount,
  signal: KEPT,
});

const stageQueue = (now: () => number) => {
  const groups = new Map<string, Waiting[]>();
  const heard = noise(now);
  const bell = new EventEmitter<{ ring: [] }>().setMaxListeners(0);
  let inFlight = 0;

  /** Quiet ones first; among equals the oldest message, or the fewest in flight. */
  const turn = (): Waiting[] | undefined => {
    const ranked = [...groups].map(([group, list]) => {
      const isNoisy = heard.isNoisy(group);
      return { list, isNoisy, order: isNoisy ? heard.inFlight(group) : (list[0]?.sentAt ?? 0) };
    });
    ranked.sort((a, b) => Number(a.isNoisy) - Number(b.isNoisy) || a.order - b.order);
    return ranked[0]?.list;
  };

  const take = (): Waiting | undefined => {
    const waiting = turn()?.shift();
    if (waiting === undefined) return undefined;
    const { group } = waiting.message;
    if (groups.get(group)?.length === 0) groups.delete(group);
    heard.delivered(group);
    inFlight += 1;
    return waiting;
  };

  const add = (waiting: Waiting): void => {
    const { group } = waiting.message;
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [waiting]);
    else list.push(waiting);
    heard.sent(group);
    bell.emit('ring');
  };

  return {
    add,
    async next(stopping: AbortSignal): Promise<Waiting | undefined> {
      for (;;) {
        if (stopping.aborted) return undefined;
        const waiting = take();
        if (waiting !== undefined) return waiting;
        await once(bell, 'ring', { signal: stopping }).catch(() => undefined);
      }
    },
    end(waiting: Waiting, isReturned: boolean): void {
      const { group } = waiting.message;
      inFlight -= 1;
      heard.ended(group, groups.get(group)?.length ?? 0);
      if (isReturned) add({ ...waiting, receiveCount: waiting.receiveCount + 1 });
    },
    depth() {
      const lists = [...groups.values()];
      const oldest = Math.min(now(), ...lists.map((list) => list[0]?.sentAt ?? now()));
      return {
        visible: lists.reduce((sum, list) => sum + list.length, 0),
        inFlight,
        delayed: 0,
        oldestSeconds: (now() - oldest) / 1_000,
      };
    },
  };
};
