import assert from 'node:assert/strict';
import { z } from 'zod';
import type { DocumentRef } from '../../../common/domain/document.ts';
import { AppError, type ErrorCode } from '../../../common/domain/errors.ts';
import pipeline from '../../../common/pipeline.json' with { type: 'json' };
import type { Lease, Message } from '../../../common/ports/job-queue.ts';
import { checked } from '../../../common/runtime/checked.ts';
import type { Sight } from '../../../common/runtime/sight.ts';
import type { Shell } from '../../../workers/consume.ts';
import type { Stage } from '../../../workers/stage.ts';
import { aDocument, aRef } from '../../support/documents.ts';
import { temporaryStores } from '../../support/stores.ts';

export const Job = z.object({ userId: z.string(), documentId: z.uuid(), generation: z.int().positive() });

export const stageOf = (run: Stage<DocumentRef, unknown>['run']): Stage<DocumentRef, unknown> => ({
  name: 'embed',
  parse: (body) => checked(Job, body, 'The job is'),
  run,
});

export const failingWith = (code: ErrorCode, message = 'Do something about it.') =>
  stageOf(async () => {
    throw new AppError(code, message);
  });

export const { attempts } = pipeline.embed;
export const NEXT: Message[] = [{ stage: 'index', group: 'ada', body: 'next' }];

/** A shell over real stores, with one document in processing and a lease on its job. */
export const openShell = async () => {
  const stores = await temporaryStores();
  const document = aDocument();
  await stores.documents.create(document);
  const seen: Sight[] = [];
  const leaving = new AbortController();
  const lost = new AbortController();
  const shell: Shell<unknown> = {
    ports: stores,
    observe: (sight) => void seen.push(sight),
    stopping: new AbortController().signal,
    leaving: leaving.signal,
  };
  const lease: Lease = {
    stage: 'embed',
    body: aRef(document),
    group: 'ada',
    receiveCount: 1,
    signal: lost.signal,
  };
  return {
    ...stores,
    document,
    shell,
    lease,
    seen,
    leave: () => leaving.abort(),
    loseLease: () => lost.abort(),
    record: () => stores.documents.get(document),
    sent: async () => (await stores.queue.depth('index')).visible,
  };
};

export const assertError = async (home: Awaited<ReturnType<typeof openShell>>, errorMessage: string) => {
  const { status, processingStatus } = await home.record();
  assert.deepEqual([status, processingStatus], ['error', { ...home.document.processingStatus, errorMessage }]);
};
