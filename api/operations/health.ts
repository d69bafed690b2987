import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json, text } from '../http/reply.ts';
import { route } from '../route.ts';

const PATIENCE_MS = 2_000;

export const live = () =>
  route({
    summary: 'Tell whether the process runs',
    access: 'public',
    reply: json(z.object({ status: z.literal('live') })),
    handle: async () => ({ status: 'live' as const }),
  });

/** Rejects unless `ask` answers in time; that there is no such thing is an answer. */
const answers = async (ask: () => Promise<unknown>): Promise<void> => {
  const late = new AbortController();
  const timer = sleep(PATIENCE_MS, undefined, late).then(() => {
    throw new AppError('unavailable', 'It takes too long.');
  });
  try {
    await Promise.race([ask(), timer]);
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
  } finally {
    timer.catch(() => undefined);
    late.abort();
  }
};

type HealthPorts = Pick<Ports, 'blobs' | 'documents' | 'queue'>;

/** One cheap question each. */
const CHECKS: Record<keyof HealthPorts, (ports: HealthPorts) => Promise<unknown>> = {
  documents: ({ documents }) => documents.get({ userId: 'health', documentId: randomUUID() }),
  blobs: ({ blobs }) => blobs.list('health/'),
  queue: ({ queue }) => queue.depth('extract'),
};

export const ready = (ports: HealthPorts) =>
  route({
    summary: 'Tell whether requests can be served',
    access: 'public',
    reply: json(z.object({ status: z.literal('ready') })),
    async handle() {
      const names = Object.keys(CHECKS) as (keyof HealthPorts)[];
      const results = await Promise.allSettled(names.map((name) => answers(() => CHECKS[name](ports))));
      const failed = names.filter((_, index) => results[index]?.status === 'rejected');
      if (failed.length === 0) return { status: 'ready' as const };
      const causes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      const cause = new AggregateError(causes);
      throw new AppError('unavailable', `Not ready: no answer from ${failed.join(' and ')}.`, { cause });
    },
  });

/** @param read the metrics of this home, in Prometheus' text format */
export const metrics = (read: () => Promise<string>) =>
  route({
    summary: 'Read the metrics, in the text format of Prometheus',
    access: 'public',
    reply: text('text/plain; version=0.0.4; charset=utf-8'),
    handle: read,
  });
