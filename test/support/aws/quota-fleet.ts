import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bedrockEmbedder } from '../../../common/adapters/aws/bedrock/embedder.ts';
import { ledgerPacer } from '../../../common/adapters/aws/bedrock/ledger-pacer.ts';
import { clientSettings } from '../../../common/adapters/aws/clients.ts';
import { dynamoQuotaLedger } from '../../../common/adapters/aws/dynamodb/quota-ledger.ts';
import type { Quota } from '../../../common/domain/quota/quota.ts';
import { spawnBedrockStub } from '../bedrock-stub/process.ts';
import type { StubSettings } from '../bedrock-stub/settings.ts';
import { clientOf } from '../bedrock-stub/temporary-bedrock.ts';
import { jainOf } from '../jain.ts';
import { temporaryTable } from './temporary-tables.ts';

const MODEL = 'cohere.embed-v4:0';
/** Small vectors: what they cost is not what is looked at. */
const DIMENSION = 256;
const CALLERS = 8;
const TEXTS = 96;

export interface Measured {
  /** Of the quota, 1: all of it. */
  readonly used: number;
  /** Of all calls. */
  readonly throttled: number;
  /** Jain's index of the workers' tokens: 1 when all have the same. */
  readonly fairness: number;
}

export interface QuotaFleet extends AsyncDisposable {
  /** What is used of a quota in a time from now on. @param quota absent: the one that the workers know */
  measure(ms: number, quota?: Quota): Promise<Measured>;
  change(settings: Partial<StubSettings>): Promise<void>;
}

/**
 * Workers that have more to embed than the quota allows: each with a ledger, a pacer and an embedder of its own, the
 * ledgers in one table, the stub in a process of its own.
 */
export const openQuotaFleet = async (
  workers: number,
  quota: Quota & { readonly burstSeconds: number },
): Promise<QuotaFleet> => {
  await using stack = new AsyncDisposableStack();
  const { burstSeconds, ...limits } = quota;
  const stub = stack.use(
    await spawnBedrockStub({ ...stubLimits(limits), burstSeconds, latencyMs: 100, vectors: 'canned' }),
  );
  const { table } = stack.use(await temporaryTable('quota'));
  const embedded = new Array<number>(workers).fill(0);
  const closing = new AbortController();
  const running: Promise<unknown>[] = [];
  for (let worker = 0; worker < workers; worker += 1) {
    const client = stack.adopt(new DynamoDBClient(clientSettings()), (open) => open.destroy());
    const ledger = dynamoQuotaLedger({ client, table, quotaId: MODEL, quota: limits });
    const pacer = stack.use(ledgerPacer({ ledger, quota: limits }));
    const bedrock = stack.adopt(clientOf(stub.url), (open) => open.destroy());
    const onCall = (seen: { tokens: number | undefined }) => {
      embedded[worker] = (embedded[worker] ?? 0) + (seen.tokens ?? 0);
    };
    const embedder = stack.use(bedrockEmbedder({ client: bedrock, model: MODEL, dimension: DIMENSION, pacer, onCall }));
    const work = async (caller: number): Promise<void> => {
      while (!closing.signal.aborted) {
        await embedder
          .embed(textsOf(caller), { group: `user ${caller}`, signal: closing.signal })
          .catch(() => undefined);
      }
    };
    for (let caller = 0; caller < CALLERS; caller += 1) running.push(work(caller));
  }
  stack.defer(async () => {
    closing.abort();
    await Promise.all(running);
  });
  const owned = stack.move();

  const standing = async () => {
    const { tokens = 0, calls = 0, throttled = 0 } = (await stub.counters())[MODEL] ?? {};
    return { tokens, calls, throttled, at: performance.now(), byWorker: [...embedded] };
  };

  return {
    change: stub.change,
    async measure(ms, of = limits) {
      const before = await standing();
      await sleep(ms);
      const after = await standing();
      const throttled = after.throttled - before.throttled;
      const byWorker = after.byWorker.map((tokens, worker) => tokens - (before.byWorker[worker] ?? 0));
      const could = (of.tokensPerMinute * (after.at - before.at)) / MINUTE_MS;
      return {
        used: (after.tokens - before.tokens) / could,
        throttled: throttled / (throttled + after.calls - before.calls),
        fairness: jainOf(byWorker),
      };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

const MINUTE_MS = 60_000;

const stubLimits = ({ tokensPerMinute, requestsPerMinute }: Quota) => ({
  tokensPerMinute,
  requestsPerMinute: requestsPerMinute ?? null,
});

/** Of different lengths, as chunks are. */
const textsOf = (caller: number): string[] =>
  Array.from({ length: TEXTS }, (_, n) => `${caller} ${'of bread '.repeat(5 + ((n * 7) % 20))}`);
