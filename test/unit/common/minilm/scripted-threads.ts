import type { Reply, Task } from '../../../../common/adapters/embedded/minilm/messages.ts';
import type { StartThread } from '../../../../common/adapters/embedded/minilm/worker-thread.ts';

/** A thread that does what the test says. */
export interface ScriptedThread {
  /** What it has been sent, oldest first. */
  readonly tasks: Task[];
  isStopped: boolean;
  reply(reply: Reply): void;
  /** Answers its oldest task. */
  answer(): void;
  answerAll(): void;
  die(): void;
}

/** @returns `started`, all threads so far, and `stopped`, which resolves when the first one is told to end. */
export const scriptedThreads = () => {
  const started: ScriptedThread[] = [];
  const stopped = Promise.withResolvers<void>();
  const startThread: StartThread = ({ onReply, onEnd }) => {
    const tasks: Task[] = [];
    const thread: ScriptedThread = {
      tasks,
      isStopped: false,
      reply: onReply,
      answer() {
        const task = tasks.shift();
        if (task !== undefined) onReply({ kind: 'vector', id: task.id, vector: Float32Array.of(task.text.length) });
      },
      answerAll() {
        while (tasks.length > 0) thread.answer();
      },
      die: () => onEnd(new Error('out of memory')),
    };
    started.push(thread);
    return {
      send: (task) => void tasks.push(task),
      async stop() {
        thread.isStopped = true;
        stopped.resolve();
        onEnd(undefined);
      },
    };
  };
  return { started, startThread, stopped: stopped.promise };
};
