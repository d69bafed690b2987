import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteReceiptStore } from '../../common/adapters/embedded/sqlite-receipt-store.ts';
import { inDatabase } from '../support/temporary.ts';
import { receiptStoreContract } from './receipt-store.contract.ts';

receiptStoreContract('sqlite', inDatabase(RECORDS_SCHEMA, sqliteReceiptStore));
