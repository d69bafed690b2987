import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteProgressStore } from '../../common/adapters/embedded/sqlite-progress-store.ts';
import { inDatabase } from '../support/temporary.ts';
import { progressStoreContract } from './progress-store.contract.ts';

progressStoreContract('sqlite', inDatabase(RECORDS_SCHEMA, sqliteProgressStore));
