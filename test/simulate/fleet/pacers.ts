import { ledgerPacer } from '../../../common/adapters/aws/bedrock/ledger-pacer.ts';
import { dynamoQuotaLedger } from '../../../common/adapters/aws/dynamodb/quota-ledger.ts';
import { inProcessLedger } from '../../../common/adapters/quota/in-process-ledger.ts';
import { sturdyLedger } from '../../../common/adapters/quota/sturdy-ledger.ts';
import type { Quota } from '../../../common/domain/quota/quota.ts';
import type { QuotaLedger } from '../../../common/ports/quota-ledger.ts';
import type { Clock } from '../../../common/runtime/clock.ts';
import type { BedrockModel } from '../models/bedrock.ts';
import { ledgerTable } from '../models/ledger-table.ts';
import type { OpenPacers } from './run.ts';

const quotaOf = (bedrock: BedrockModel): Quota => {
  const { tokensPerMinute, requestsPerMinute } = bedrock.settings();
  return { tokensPerMinute, requestsPerMinute };
};

/** Pacers of the program that share a ledger. */
export const pacersOn =
  (ledger: QuotaLedger, quota: Quota, { clock, random }: { clock: Clock; random?: () => number }) =>
  () =>
    ledgerPacer({ ledger, quota, clock, random });

/** Workers of several processes, each with its own connection to one item of DynamoDB, put together as in the aws home. */
export const itemPacers: OpenPacers = ({ clock, random, bedrock, ledgerItem, workers }) => {
  const quota = quotaOf(bedrock);
  const table = ledgerTable(ledgerItem);
  const chance = { clock, random: random.next };
  return () => {
    const client = table.client();
    const ledger = dynamoQuotaLedger({ client, table: 'ledger', quotaId: 'simulated', quota, clock });
    const sturdy = sturdyLedger({ ledger, quota, workersMost: workers, ...chance });
    return ledgerPacer({ ledger: sturdy, quota, ...chance });
  };
};

/** A fleet in one process. */
export const processPacers: OpenPacers = ({ clock, random, bedrock }) => {
  const quota = quotaOf(bedrock);
  return pacersOn(inProcessLedger(quota, clock), quota, { clock, random: random.next });
};
