import { setImmediate } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { STOP, type Task } from './messages.ts';

/** The tasks that a worker thread has been sent and not begun; queries come first. */
export const openInbox = (port: MessagePort) => {
  const queries: Task[] = [];
  const texts: Task[] = [];
  let isStopped = false;
  let wake = () => {};
  port.on('message', (sent: Task | typeof STOP) => {
    if (sent === STOP) isStopped = true;
    else (sent.isQuery ? queries : texts).push(sent);
    wake();
  });
  return {
    /** The next one, as soon as there is one; undefined once the thread is to end. */
    async next(): Promise<Task | undefined> {
      await setImmediate(); // a turn of the event loop: what was sent during the last text is seen
      while (!isStopped && queries.length + texts.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return isStopped ? undefined : (queries.shift() ?? texts.shift());
    },
  };
};
