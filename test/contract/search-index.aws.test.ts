import { temporaryIndex } from '../support/aws/temporary-index.ts';
import { searchIndexContract } from './search-index.contract.ts';

searchIndexContract('OpenSearch domain', () => temporaryIndex('none'));
searchIndexContract('OpenSearch Serverless', () => temporaryIndex('aoss'));
