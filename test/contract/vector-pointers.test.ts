import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteVectorPointers } from '../../common/adapters/embedded/sqlite-vector-pointers.ts';
import { inDatabase } from '../support/temporary.ts';
import { vectorPointersContract } from './vector-pointers.contract.ts';

vectorPointersContract(
  'sqlite',
  inDatabase(RECORDS_SCHEMA, (database) => ({
    pointers: sqliteVectorPointers(database),
    ahead: (ms: number) => sqliteVectorPointers(database, () => Date.now() + ms),
  })),
);
