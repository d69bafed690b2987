import { dynamoUserStore } from '../../common/adapters/aws/dynamodb/user-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { userStoreContract } from './user-store.contract.ts';

userStoreContract('dynamodb', inTable('users', dynamoUserStore));
