import { randomUUID } from 'node:crypto';
import { dynamoQuotaLedger } from '../../common/adapters/aws/dynamodb/quota-ledger.ts';
import { temporaryTable } from '../support/aws/temporary-tables.ts';
import { quotaLedgerContract } from './quota-ledger.contract.ts';

quotaLedgerContract('dynamodb', async (quota, clock) => {
  const place = await temporaryTable('quota');
  const quotaId = randomUUID();
  return {
    ledger: () => dynamoQuotaLedger({ ...place, quotaId, quota, clock }),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});
