import { SQSClient } from '@aws-sdk/client-sqs';
import { clientSettings } from '../clients.ts';

/** The longest long poll and some more. */
const ANSWER_MS = 25_000;

/**
 * Asks the service's own endpoint: a queue's URL may name a host that is only known where the queue was made. TLS has
 * checked what arrives; the MD5 of each message is not computed again.
 */
export const sqsClient = (): SQSClient =>
  new SQSClient({ ...clientSettings(ANSWER_MS), useQueueUrlAsEndpoint: false, md5: false });
