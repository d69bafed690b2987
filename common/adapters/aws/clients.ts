import { NodeHttpHandler } from '@smithy/node-http-handler';

const ATTEMPTS = 3;
const CONNECT_MS = 3_000;
const SOCKETS = 128;

/**
 * What every SDK client is made with: a dead service shows within seconds, and no more attempts than pass unnoticed;
 * patience is the shell's. Region, credentials and AWS_ENDPOINT_URL* are the SDK's own affair.
 * @param answerMs how long one answer may take to begin; a long poll takes 20 s
 * @param connectMs how long a connection may take
 */
export const clientSettings = (answerMs = 10_000, connectMs = CONNECT_MS) => ({
  maxAttempts: ATTEMPTS,
  cacheMiddleware: true,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: true, maxSockets: SOCKETS },
    httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
  }),
});
