import { dynamoVectorPointers } from '../../common/adapters/aws/dynamodb/vector-pointers.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { vectorPointersContract } from './vector-pointers.contract.ts';

vectorPointersContract(
  'dynamodb',
  inTable('state', (place) => ({
    pointers: dynamoVectorPointers(place),
    ahead: (ms: number) => dynamoVectorPointers(place, () => Date.now() + ms),
  })),
);
