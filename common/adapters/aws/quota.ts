import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AwsConfig } from '../../config.ts';
import type { Quota } from '../../domain/quota/quota.ts';
import type { QuotaLedger } from '../../ports/quota-ledger.ts';
import type { Observe } from '../../runtime/sight.ts';
import { sturdyLedger } from '../quota/sturdy-ledger.ts';
import { ledgerPacer } from './bedrock/ledger-pacer.ts';
import type { Pacer } from './bedrock/pacer.ts';
import { clientSettings } from './clients.ts';
import { dynamoQuotaLedger } from './dynamodb/quota-ledger.ts';

/** Spans are reserved that long before they are needed; then the static share takes over. */
const ANSWER_MS = 1_000;
const CONNECT_MS = 500;

/** The quota of embedding that all processes share, and the pacer that spends it; closed in time, it gives back. */
export const openQuota = (
  config: AwsConfig,
  opened: AsyncDisposableStack,
  observe: Observe,
): { ledger: QuotaLedger; pacer: Pacer } => {
  const { EMBED_TOKENS_PER_MINUTE, EMBED_REQUESTS_PER_MINUTE, EMBEDDING_MODEL, QUOTA_TABLE, WORKER_TASKS_MAX } = config;
  const quota: Quota = {
    tokensPerMinute: EMBED_TOKENS_PER_MINUTE,
    ...(EMBED_REQUESTS_PER_MINUTE !== undefined && { requestsPerMinute: EMBED_REQUESTS_PER_MINUTE }),
  };
  const settings = { ...clientSettings(ANSWER_MS, CONNECT_MS), maxAttempts: 1 };
  const client = opened.adopt(new DynamoDBClient(settings), (open) => open.destroy());
  const ledger = sturdyLedger({
    ledger: dynamoQuotaLedger({ client, table: QUOTA_TABLE, quotaId: EMBEDDING_MODEL, quota }),
    quota,
    workersMost: WORKER_TASKS_MAX,
    onAway: (away) => observe(away === undefined ? { name: 'quota.back' } : { name: 'quota.away', ...away }),
  });
  return { ledger, pacer: opened.use(ledgerPacer({ ledger, quota })) };
};
