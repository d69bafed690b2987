import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../common/config.ts';
import { AppError } from '../common/domain/errors.ts';
import type { Home } from '../common/ports/home.ts';
import type { Observe } from '../common/runtime/sight.ts';
import { app } from './app.ts';
import { endIdleConnections } from './http/connections.ts';

export interface Serving {
  readonly config: Pick<Config, 'HOST' | 'PORT' | 'MAX_FORM_BYTES' | 'MAX_UPLOAD_BYTES' | 'TRUSTED_PROXIES'>;
  readonly home: Pick<Home, 'ports' | 'bucket' | 'storageAnnounces'>;
  readonly observe: Observe;
  /** The home's metrics, in Prometheus' text format. */
  readonly readMetrics: () => Promise<string>;
  /** How long requests may take to finish once it closes; 10 s. */
  readonly patienceMs?: number;
}

/** Disposing stops accepting, ends event streams, and lets requests finish. */
export interface Served extends AsyncDisposable {
  readonly url: string;
}

const PATIENCE_MS = 10_000;
/** A connection on which nothing moves. */
const IDLE_MS = 120_000;
/** 1 GiB at 0.3 MB/s. */
const REQUEST_MS = 60 * 60 * 1000;
const CONNECTIONS = 2_000;

const ADVICE: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (_, port) => `Port ${port} is taken; stop what uses it, or choose another with PORT.`,
  EACCES: (_, port) => `Port ${port} may not be used without more rights; choose one from 1024 up with PORT.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}; correct HOST.`,
  ENOTFOUND: (host) => `There is no host ${host}; correct HOST.`,
};

const listen = async (server: Server, host: string, port: number): Promise<AddressInfo> => {
  try {
    await once(server.listen(port, host), 'listening');
    return server.address() as AddressInfo;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const advice = ADVICE[code];
    throw advice === undefined ? cause : new AppError('unavailable', advice(host, port), { cause });
  }
};

const close = async (server: Server, patienceMs: number): Promise<void> => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const patience = new AbortController();
  const late = sleep(patienceMs, undefined, patience).then(
    () => server.closeAllConnections(),
    () => undefined,
  );
  await closed;
  patience.abort();
  await late;
};

/** Serves the API until it is disposed. Throws `unavailable` when the address cannot be had. */
export const serve = async ({
  config,
  home,
  observe,
  readMetrics,
  patienceMs = PATIENCE_MS,
}: Serving): Promise<Served> => {
  const { HOST, PORT, MAX_UPLOAD_BYTES: maxUploadBytes, TRUSTED_PROXIES: trustedProxies } = config;
  const maxFormBytes = Math.min(config.MAX_FORM_BYTES ?? maxUploadBytes, maxUploadBytes);
  const stopping = new AbortController();
  const { bucket, storageAnnounces = false } = home;
  const settings = {
    observe,
    stopping: stopping.signal,
    readMetrics,
    maxFormBytes,
    maxUploadBytes,
    bucket,
    storageAnnounces,
    trustedProxies,
  };
  const server = createServer({ requestTimeout: REQUEST_MS }, app(home.ports, settings));
  endIdleConnections(server, stopping.signal);
  server.setTimeout(IDLE_MS);
  server.maxConnections = CONNECTIONS;
  const { address, port, family } = await listen(server, HOST, PORT);
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await close(server, patienceMs);
    },
  };
};
