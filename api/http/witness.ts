import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Observe } from '../../common/runtime/sight.ts';

/** What is known of a request by the time that it is answered. */
export interface Seen {
  readonly requestId: string;
  route: string;
  userId?: string;
  cause?: unknown;
}

export const seen = (response: Response): Seen => response.locals['seen'] as Seen;

const CLIENT_LEFT = 499;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Names the request, by the client's own X-Request-Id if that is fit to print, and tells the observer how it ended. */
export const witness =
  (observe: Observe): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    const offered = request.get('X-Request-Id') ?? '';
    const requestId = REQUEST_ID.test(offered) ? offered : randomUUID();
    response.locals['seen'] = { requestId, route: 'unmatched' } satisfies Seen;
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      const status = response.headersSent ? response.statusCode : CLIENT_LEFT;
      observe({ name: 'request.answered', status, ms: performance.now() - started, ...seen(response) });
    });
    next();
  };
