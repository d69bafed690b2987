import type { QuotaLedger } from '../ports/quota-ledger.ts';

/** Of a home where nothing but the machine limits embedding. */
export const noQuota = (): Pick<QuotaLedger, 'state'> => ({ state: async () => undefined });
