import { z } from 'zod';
import { STAGE_NAMES } from '../../common/domain/stage-name.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { PAGING, pageOf, StageName, Time } from '../schemas.ts';

const Queue = z
  .object({
    stage: StageName,
    visible: z.int(),
    inFlight: z.int(),
    delayed: z.int(),
    oldestSeconds: z.number().meta({ description: 'Age of the oldest message, 0 when there is none' }),
    deadLetters: z.int(),
  })
  .meta({ id: 'Queue' });

export const readQueues = ({ queue, deadLetters }: Pick<Ports, 'queue' | 'deadLetters'>) =>
  route({
    summary: 'See how full the queues are',
    access: 'admin',
    reply: json(z.object({ queues: z.array(Queue) })),
    async handle() {
      const queues = STAGE_NAMES.map(async (stage) => {
        const [depth, buried] = await Promise.all([queue.depth(stage), deadLetters.count(stage)]);
        return { stage, ...depth, deadLetters: buried };
      });
      return { queues: await Promise.all(queues) };
    },
  });

const DeadLetter = z
  .object({ body: z.unknown(), code: z.string(), reason: z.string(), buriedAt: Time, receiveCount: z.int() })
  .meta({ id: 'DeadLetter' });
const OfStage = z.object({ stage: StageName });

export const listDeadLetters = ({ deadLetters }: Pick<Ports, 'deadLetters'>) =>
  route({
    summary: 'List the jobs that failed for good, newest first',
    access: 'admin',
    params: OfStage,
    query: z.strictObject(PAGING),
    reply: json(pageOf(DeadLetter)),
    handle: ({ params: { stage }, query: { limit, cursor } }) => deadLetters.list(stage, limit, cursor),
  });

export const redrive = ({ deadLetters }: Pick<Ports, 'deadLetters'>) =>
  route({
    summary: 'Send the failed jobs back to their queue',
    access: 'admin',
    params: OfStage,
    reply: json(z.object({ moved: z.int() })),
    problems: ['storage_full'],
    handle: async ({ params: { stage } }) => ({ moved: await deadLetters.redrive(stage) }),
  });
