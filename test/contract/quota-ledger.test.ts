import { inProcessLedger } from '../../common/adapters/quota/in-process-ledger.ts';
import { quotaLedgerContract } from './quota-ledger.contract.ts';

quotaLedgerContract('in process', async (quota, clock) => {
  const ledger = inProcessLedger(quota, clock);
  return { ledger: () => ledger, async [Symbol.asyncDispose]() {} };
});
