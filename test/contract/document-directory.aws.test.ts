import { dynamoDocumentDirectory } from '../../common/adapters/aws/dynamodb/document-directory.ts';
import { dynamoDocumentStore } from '../../common/adapters/aws/dynamodb/document-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { documentDirectoryContract } from './document-directory.contract.ts';

documentDirectoryContract(
  'dynamodb',
  inTable('documents', (place) => ({
    documents: dynamoDocumentStore(place),
    directory: dynamoDocumentDirectory(place),
  })),
);
