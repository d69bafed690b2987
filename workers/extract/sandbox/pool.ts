import pLimit from 'p-limit';
import { AppError } from '../../../common/domain/errors.ts';
import type { Child, Patience } from './child-process.ts';
import type { Limits } from './limits.ts';
import type { Reply, Request } from './protocol.ts';

const NO_CHILD = 'The process that reads files could not be started. The log of the worker says why.';
const CLOSED = 'The worker is stopping; the file will be read by another one.';

interface Member {
  readonly child: Child;
  served: number;
  idle?: NodeJS.Timeout;
}

export interface ChildPool extends AsyncDisposable {
  /** Waits for a free child. Throws ChildDied, and `unavailable` when none can be started. */
  ask(request: Request, patience: Patience): Promise<Reply>;
}

type PoolLimits = Pick<Limits, 'processes' | 'documentsPerProcess' | 'residentBytes' | 'idleSeconds'>;

/** A few children that read one file after the other, started when needed; what is unused, worn or failed ends. */
export const childPool = (startChild: () => Promise<Child>, limits: PoolLimits): ChildPool => {
  const slots = pLimit(limits.processes);
  const members = new Set<Member>();
  const free: Member[] = [];
  const asked = new Set<Promise<unknown>>();
  let closed = false;

  const refuseWhenClosed = (): void => {
    if (closed) throw new AppError('unavailable', CLOSED);
  };

  const start = async (): Promise<Member> => {
    const child = await startChild().catch((cause: unknown) => {
      throw new AppError('unavailable', NO_CHILD, { cause });
    });
    const member = { child, served: 0 };
    members.add(member);
    return member;
  };

  const discard = async (member: Member): Promise<void> => {
    clearTimeout(member.idle);
    if (free.includes(member)) free.splice(free.indexOf(member), 1);
    await member.child.end();
    members.delete(member);
  };

  const take = async (): Promise<Member> => {
    for (let member = free.pop(); member !== undefined; member = free.pop()) {
      clearTimeout(member.idle);
      if (member.child.alive()) return member;
      members.delete(member);
    }
    return start();
  };

  const giveBack = async (member: Member, residentBytes: number): Promise<void> => {
    member.served += 1;
    const worn = member.served >= limits.documentsPerProcess || residentBytes > limits.residentBytes;
    if (worn || closed) return discard(member);
    member.idle = setTimeout(() => void discard(member), limits.idleSeconds * 1000).unref();
    free.push(member);
  };

  const askOne = async (request: Request, patience: Patience): Promise<Reply> => {
    refuseWhenClosed();
    patience.signal.throwIfAborted();
    const member = await take();
    try {
      refuseWhenClosed();
      const reply = await member.child.ask(request, patience);
      await giveBack(member, reply.residentBytes);
      return reply;
    } catch (error) {
      await discard(member);
      throw error;
    }
  };

  return {
    async ask(request, patience) {
      const reply = slots(() => askOne(request, patience));
      asked.add(reply);
      try {
        return await reply;
      } finally {
        asked.delete(reply);
      }
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all([...members].map(discard));
      await Promise.allSettled(asked);
    },
  };
};
