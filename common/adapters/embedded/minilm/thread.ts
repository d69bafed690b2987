import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../domain/errors.ts';
import { openInbox } from './inbox.ts';
import type { Reply, Task } from './messages.ts';
import { openModel } from './model.ts';

/** What a worker thread runs: it opens the model, then turns text after text into its vector. */

type Model = Awaited<ReturnType<typeof openModel>>;

const answer = async (model: Model, { id, text }: Task): Promise<Reply> => {
  try {
    return { kind: 'vector', id, vector: await model.vectorOf(model.tokensOf(text)) };
  } catch (cause) {
    return { kind: 'failed', id, cause };
  }
};

const refusal = (error: unknown): Reply =>
  error instanceof AppError
    ? { kind: 'refused', code: error.code, reason: error.message, cause: error.cause }
    : {
        kind: 'refused',
        code: 'unavailable',
        reason: 'The embedding model does not start on this machine; the log says why.',
        cause: error,
      };

const serve = async (port: MessagePort, folder: string): Promise<void> => {
  const inbox = openInbox(port);
  const reply = (message: Reply): void => port.postMessage(message);
  try {
    await using model = await openModel(folder);
    reply({ kind: 'ready' });
    for (let task = await inbox.next(); task !== undefined; task = await inbox.next()) reply(await answer(model, task));
  } catch (error) {
    reply(refusal(error));
  } finally {
    port.close();
  }
};

if (parentPort !== null) await serve(parentPort, workerData.folder);
