import { jobQueueContract } from './job-queue.contract.ts';
import { sqs } from './sqs-parts.ts';

jobQueueContract('SQS', sqs);
