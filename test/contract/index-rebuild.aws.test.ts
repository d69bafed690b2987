import { temporaryIndex } from '../support/aws/temporary-index.ts';
import { indexRebuildContract } from './index-rebuild.contract.ts';

indexRebuildContract('OpenSearch domain', () => temporaryIndex('none'));
indexRebuildContract('OpenSearch Serverless', () => temporaryIndex('aoss'));
