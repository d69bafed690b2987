import { dynamoDocumentStore } from '../../common/adapters/aws/dynamodb/document-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { documentStoreContract } from './document-store.contract.ts';

documentStoreContract('dynamodb', inTable('documents', dynamoDocumentStore));
