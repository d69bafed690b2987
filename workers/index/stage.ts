import { z } from 'zod';
import type { IndexJob } from '../../common/domain/job.ts';
import { checked } from '../../common/runtime/checked.ts';
import { discard } from '../current.ts';
import type { Stage } from '../stage.ts';
import { type AccountNeeds, removeAccount } from './account.ts';
import { type CompleteNeeds, complete } from './complete.ts';
import { type DescribeNeeds, describe } from './describe.ts';
import { type EraseNeeds, erase } from './erase.ts';
import { type BatchNeeds, indexBatch } from './index-batch.ts';

const key = { userId: z.string(), documentId: z.uuid() };
const ref = { ...key, generation: z.int().positive() };
const Job = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), ...ref, batch: z.int().nonnegative() }),
  z.object({ kind: z.literal('complete'), ...ref, attempt: z.int().positive().default(1) }),
  z.object({ kind: z.literal('discard'), ...ref }),
  z.object({ kind: z.literal('delete'), ...key, receiptId: z.uuid(), again: z.boolean().optional() }),
  z.object({ kind: z.literal('describe'), ...key }),
  z.object({ kind: z.literal('account'), userId: z.string(), again: z.boolean().optional() }),
]);

type Needs = BatchNeeds & CompleteNeeds & EraseNeeds & DescribeNeeds & AccountNeeds;

/** All that writes the index: batches, the completion of a document, and what takes documents away again. */
export const index: Stage<IndexJob, Needs> = {
  name: 'index',
  parse: (body) => checked(Job, body, 'The index job is'),
  async run(job, ports, signal) {
    switch (job.kind) {
      case 'batch':
        return indexBatch(job, ports, signal);
      case 'complete':
        return complete(job, ports, signal);
      case 'discard':
        await discard(ports, job);
        return [];
      case 'delete':
        return erase(job, ports);
      case 'describe':
        return describe(job, ports);
      case 'account':
        return removeAccount(job, ports);
    }
  },
};
