import { dynamoProgressStore } from '../../common/adapters/aws/dynamodb/progress-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { progressStoreContract } from './progress-store.contract.ts';

progressStoreContract('dynamodb', inTable('state', dynamoProgressStore));
