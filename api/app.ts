import express, { type Express } from 'express';
import helmet from 'helmet';
import { AppError } from '../common/domain/errors.ts';
import type { Ports } from '../common/ports/ports.ts';
import type { Observe } from '../common/runtime/sight.ts';
import { callerBy } from './caller.ts';
import { docs } from './docs.ts';
import { witness } from './http/witness.ts';
import { problem } from './problem.ts';
import { mount } from './route.ts';
import { type RouteSettings, routesOf } from './routes.ts';

export interface AppSettings extends RouteSettings {
  readonly observe: Observe;
  /** How many proxies before it say in X-Forwarded-For whom they speak for. */
  readonly trustedProxies: number;
  /** Aborts when the server closes: event streams end. */
  readonly stopping: AbortSignal;
}

const policy = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };

export const app = (ports: Ports, { observe, stopping, trustedProxies, ...settings }: AppSettings): Express => {
  const server = express();
  server.set('trust proxy', trustedProxies);
  server.set('etag', false); // routes that have versions say so
  server.use(witness(observe), helmet({ contentSecurityPolicy: policy }));
  mount(server, routesOf(ports, settings), { callerOf: callerBy(ports), stopping });
  server.use(docs());
  server.use(() => {
    throw new AppError('not_found', 'There is no such address; /openapi.json lists those that there are.');
  });
  server.use(problem);
  return server;
};
