import { failureOf, isOutOfMemory } from './failures.ts';
import { READY, type Reply, type Request } from './protocol.ts';
import { extractInto } from './work.ts';

/** The process that reads untrusted bytes, one file after the other. Ends with its parent. */

const failed = (error: unknown, { extension }: Request) => {
  if (isOutOfMemory(error)) {
    console.error(`Out of memory: ${String(error)}`); // the parent knows what to say of it
    process.exit(1);
  }
  return { failure: failureOf(error, extension) };
};

const replyTo = async (request: Request): Promise<Reply> => {
  const outcome = await extractInto(request).then(
    (read) => ({ read }),
    (error: unknown) => failed(error, request),
  );
  return { ...outcome, residentBytes: process.memoryUsage.rss() };
};

process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => void replyTo(request).then((reply) => process.send?.(reply)));
process.send?.(READY);
