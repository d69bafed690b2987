import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteDocumentDirectory } from '../../common/adapters/embedded/sqlite-document-directory.ts';
import { sqliteDocumentStore } from '../../common/adapters/embedded/sqlite-document-store.ts';
import { inDatabase } from '../support/temporary.ts';
import { documentDirectoryContract } from './document-directory.contract.ts';
import { documentStoreContract } from './document-store.contract.ts';

documentStoreContract('sqlite', inDatabase(RECORDS_SCHEMA, sqliteDocumentStore));
documentDirectoryContract(
  'sqlite',
  inDatabase(RECORDS_SCHEMA, (database) => ({
    documents: sqliteDocumentStore(database),
    directory: sqliteDocumentDirectory(database),
  })),
);
