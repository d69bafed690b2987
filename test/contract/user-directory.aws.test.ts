import { dynamoUserDirectory } from '../../common/adapters/aws/dynamodb/user-directory.ts';
import { dynamoUserStore } from '../../common/adapters/aws/dynamodb/user-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { userDirectoryContract } from './user-directory.contract.ts';

userDirectoryContract(
  'dynamodb',
  inTable('users', (place) => ({ users: dynamoUserStore(place), people: dynamoUserDirectory(place) })),
);
