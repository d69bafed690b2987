import { STATUS_CODES } from 'node:http';
import { type ProblemCode, STATUS } from './problem.ts';

/** What API Gateway refuses before the program hears of it, by the gateway's name for it. */
const REFUSALS: Readonly<Record<string, { code: ProblemCode; detail: string }>> = {
  MISSING_AUTHENTICATION_TOKEN: {
    code: 'not_found',
    detail: 'There is no such address; /openapi.json lists those that there are.',
  },
  REQUEST_TOO_LARGE: { code: 'too_large', detail: 'Send files over 9 MB by /documents/uploads.' },
  THROTTLED: { code: 'throttled', detail: 'Too many requests at once. Try again in a moment.' },
  QUOTA_EXCEEDED: { code: 'throttled', detail: 'Too many requests at once. Try again in a moment.' },
  INTEGRATION_FAILURE: { code: 'unavailable', detail: 'The service does not answer. Try again in a moment.' },
  INTEGRATION_TIMEOUT: { code: 'unavailable', detail: 'The service takes too long to answer. Try again in a moment.' },
  API_CONFIGURATION_ERROR: { code: 'internal', detail: 'The gateway is not set up as it should be.' },
};

/** Problem documents like the program's own. The gateway fills in `$context.requestId`. */
export const gatewayResponses = (): object =>
  Object.fromEntries(
    Object.entries(REFUSALS).map(([name, { code, detail }]) => {
      const status = STATUS[code];
      const said = { type: 'about:blank', title: STATUS_CODES[status], status, code, detail };
      return [
        name,
        {
          statusCode: String(status),
          responseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
          responseTemplates: { 'application/json': JSON.stringify({ ...said, instance: '$context.requestId' }) },
        },
      ];
    }),
  );
