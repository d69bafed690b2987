import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../../runtime/clock.ts';

const SECOND_MS = 1_000;

/**
 * By how many ms at least this machine's clock and the server's differ, as the last reply showed; above 0: this one is
 * behind. The Date header is cut to seconds, and the reply took its time: what these explain counts as none.
 */
export const clockDifference = (client: DynamoDBClient, clock: Clock): (() => number) => {
  let difference = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const sentAt = clock.now();
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const date = Date.parse(headers?.['date'] ?? '');
      if (!Number.isNaN(date)) {
        const behind = Math.max(0, date - clock.now());
        const ahead = Math.max(0, sentAt - (date + SECOND_MS));
        difference = behind - ahead;
      }
      return result;
    },
    { step: 'initialize', name: 'clockDifference', override: true },
  );
  return () => difference;
};
