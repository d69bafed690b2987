import pLimit from 'p-limit';
import { AppError } from '../../../common/domain/errors.ts';
import { type Child, type Patience, startChild } from './child-process.ts';
import { tetherOf } from './launch.ts';
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

/** A few children that read one file after the other, started when needed; unused ones end. */
export const childPool = (folder: string, limits: Limits): ChildPool => {
  const slots = pLimit(limits.processes);
  const members = new Set<Member>();
  const free: Member[] = [];
  let tether: Promise<readonly string[]> | undefined;
  let closed = false;

  const start = async (): Promise<Member> => {
    tether ??= tetherOf();
    const options = { folder, memoryBytes: limits.memoryBytes, tether: await tether };
    const child = await startChild(options).catch((cause: unknown) => {
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
    if (closed) throw new AppError('unavailable', CLOSED);
    patience.signal.throwIfAborted();
    const member = await take();
    try {
      const reply = await member.child.ask(request, patience);
      await giveBack(member, reply.residentBytes);
      return reply;
    } catch (error) {
      await discard(member);
      throw error;
    }
  };

  return {
    ask: (request, patience) => slots(() => askOne(request, patience)),
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all([...members].map(discard));
    },
  };
};
