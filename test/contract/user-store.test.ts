import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteUserStore } from '../../common/adapters/embedded/sqlite-user-store.ts';
import { inDatabase } from '../support/temporary.ts';
import { firstUserContract, userStoreContract } from './user-store.contract.ts';

const sqlite = inDatabase(RECORDS_SCHEMA, sqliteUserStore);
userStoreContract('sqlite', sqlite);
firstUserContract('sqlite', sqlite);
