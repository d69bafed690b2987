import { RECORDS_SCHEMA } from '../../common/adapters/embedded/records-schema.ts';
import { sqliteUploadStore } from '../../common/adapters/embedded/sqlite-upload-store.ts';
import { inDatabase } from '../support/temporary.ts';
import { uploadStoreContract } from './upload-store.contract.ts';

uploadStoreContract('sqlite', inDatabase(RECORDS_SCHEMA, sqliteUploadStore));
