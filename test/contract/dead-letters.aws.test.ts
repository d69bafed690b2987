import { deadLettersContract } from './dead-letters.contract.ts';
import { sqs } from './sqs-parts.ts';

deadLettersContract('SQS', sqs);
