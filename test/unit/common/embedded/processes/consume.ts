import { openDatabase } from '../../../../../common/adapters/embedded/database.ts';
import { QUEUE_SCHEMA } from '../../../../../common/adapters/embedded/queue-schema.ts';
import { sqliteJobQueue } from '../../../../../common/adapters/embedded/sqlite-job-queue.ts';

/** Takes jobs of the embed stage and keeps them; tells each, and each that it loses. Gives all back when it is told to. */
const [file = '', visibilitySeconds = '60'] = process.argv.slice(2);
using database = openDatabase(file, QUEUE_SCHEMA);
const queue = sqliteJobQueue(database, { visibilitySeconds: Number(visibilitySeconds) });
const stopping = new AbortController();
process.once('disconnect', () => process.exit());
process.once('message', () => stopping.abort());
process.send?.('ready');
await queue.consume('embed', { slots: 10, stopping: stopping.signal }, async ({ body, signal }) => {
  process.send?.({ took: body });
  signal.addEventListener('abort', () => process.send?.({ lost: body }));
  if (!stopping.signal.aborted) await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve));
  return { fate: 'return', code: 'unavailable', reason: 'This worker stops.' };
});
process.disconnect();
