import { dynamoUploadStore } from '../../common/adapters/aws/dynamodb/upload-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { uploadStoreContract } from './upload-store.contract.ts';

uploadStoreContract('dynamodb', inTable('state', dynamoUploadStore));
