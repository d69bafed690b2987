import { dynamoReceiptStore } from '../../common/adapters/aws/dynamodb/receipt-store.ts';
import { inTable } from '../support/aws/temporary-tables.ts';
import { receiptStoreContract } from './receipt-store.contract.ts';

receiptStoreContract('dynamodb', inTable('state', dynamoReceiptStore));
