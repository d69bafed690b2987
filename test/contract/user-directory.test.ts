import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteUserDirectory } from '../../common/adapters/embedded/sqlite-user-directory.ts';
import { sqliteUserStore } from '../../common/adapters/embedded/sqlite-user-store.ts';
import { inDatabase } from '../support/temporary.ts';
import { userDirectoryContract } from './user-directory.contract.ts';

userDirectoryContract(
  'sqlite',
  inDatabase(RECORDS_SCHEMA, (database) => ({
    users: sqliteUserStore(database),
    people: sqliteUserDirectory(database),
  })),
);
