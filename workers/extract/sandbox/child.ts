import { failureOf } from './failures.ts';
import { READY, type Reply, type Request } from './protocol.ts';
import { extractInto } from './work.ts';

/** The process that reads untrusted bytes, one file after the other. Ends with its parent. */

const replyTo = async (request: Request): Promise<Reply> => {
  const outcome = await extractInto(request).then(
    (read) => ({ read }),
    (error: unknown) => ({ failure: failureOf(error, request.extension) }),
  );
  return { ...outcome, residentBytes: process.memoryUsage.rss() };
};

process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => void replyTo(request).then((reply) => process.send?.(reply)));
process.send?.(READY);
