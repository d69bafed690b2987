import assert from 'node:assert/strict';
import type { JobQueue, Lease } from '../../../common/ports/job-queue.ts';
import { temporaryTable } from '../../support/aws/temporary-tables.ts';
import { spawnBedrockStub } from '../../support/bedrock-stub/process.ts';
import { corpusJobs } from './corpus.ts';
import { open as openEmbedder } from './ours.ts';
import { MODEL, QUOTA, SLOTS, STUB } from './settings.ts';
import type { Way } from './way.ts';

/** Workers in this process that embed small documents of users from a queue. */
export interface Desk extends AsyncDisposable {
  /** Sends so many documents at once; of each, how many ms until it is embedded. */
  send(user: string, count: number): Promise<Promise<number>[]>;
  /** How many documents of a user have been embedded. */
  done(user: string): number;
  failed(): number;
  /** Nobody waits for these any more. */
  forget(sent: readonly Promise<number>[]): void;
}

/** A small document has at most so many texts. */
const SMALL = 3;

interface Sent {
  readonly user: string;
  readonly at: number;
  readonly texts: readonly string[];
  readonly resolve: (ms: number) => void;
  readonly reject: (error: unknown) => void;
}

/** @param queues one queue, as each worker sees it */
export const openDesk = async (queues: readonly JobQueue[]): Promise<Desk> => {
  await using stack = new AsyncDisposableStack();
  const { table } = stack.use(await temporaryTable('quota'));
  const bedrock = stack.use(await spawnBedrockStub({ vectors: 'canned', ...STUB, tokensPerMinute: QUOTA }));
  const documents = (await corpusJobs()).map(({ texts }) => texts.slice(0, SMALL));
  const sent = new Map<number, Sent>();
  const done = new Map<string, number>();
  let [next, failed] = [0, 0];

  const handle = async (way: Way, { body, group }: Lease): Promise<void> => {
    const document = sent.get(body as number);
    assert.ok(document, 'a document is delivered once');
    sent.delete(body as number);
    try {
      await way.embed({ group, texts: document.texts });
      done.set(group, (done.get(group) ?? 0) + 1);
      document.resolve(performance.now() - document.at);
    } catch (error) {
      failed += 1;
      document.reject(error);
    }
  };

  const settings = { EMBED_TOKENS_PER_MINUTE: String(QUOTA), QUOTA_TABLE: table };
  const task = { way: '', bedrock: bedrock.url, model: MODEL, corpus: '', member: 0, slots: SLOTS, settings };
  const ways: Way[] = [];
  for (const _ of queues) ways.push(stack.use(await openEmbedder(task)));
  const stopping = new AbortController();
  const working = queues.map((queue, n) =>
    queue.consume('embed', { slots: SLOTS, stopping: stopping.signal }, async (lease) => {
      await handle(ways[n] as Way, lease);
      return { fate: 'done' };
    }),
  );
  stack.defer(async () => {
    stopping.abort();
    await Promise.all(working);
  });
  const owned = stack.move();
  return {
    async send(user, count) {
      const [queue] = queues;
      assert.ok(queue);
      const first = next;
      next += count;
      const numbers = Array.from({ length: count }, (_, n) => first + n);
      const times = numbers.map((number) => {
        const { promise, resolve, reject } = Promise.withResolvers<number>();
        const texts = documents[number % documents.length] as string[];
        sent.set(number, { user, at: performance.now(), texts, resolve, reject });
        return promise;
      });
      await queue.send(numbers.map((body) => ({ stage: 'embed', group: user, body })));
      return times;
    },
    done: (user) => done.get(user) ?? 0,
    failed: () => failed,
    forget(forgotten) {
      for (const time of forgotten) time.catch(() => undefined);
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
