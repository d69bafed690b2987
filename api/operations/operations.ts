import { z } from 'zod';
import { STAGE_NAMES, type StageName } from '../../common/domain/stage-name.ts';
import type { Depth } from '../../common/ports/job-queue.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { PAGING, pageOf, StageName as Stage, Time } from '../schemas.ts';

const Queue = z
  .object({
    stage: Stage,
    visible: z.int(),
    inFlight: z.int(),
    delayed: z.int(),
    oldestSeconds: z.number().meta({ description: 'Age of the oldest message, 0 when there is none' }),
    deadLetters: z.int(),
    backlogMinutes: z.number().nullable().meta({
      description: 'To work it off at the present pace; told for embed alone, null while nothing is embedded',
    }),
  })
  .meta({ id: 'Queue' });

const Quota = z
  .object({
    tokensPerMinute: z.number().meta({ description: 'What the account may embed' }),
    grantedPerMinute: z.number().meta({ description: 'Given out at present: less after the service has throttled' }),
    usedPerMinute: z.number().meta({ description: 'Mean of the last 10 s, of all workers and queries' }),
    throttledShare: z.number().meta({ description: 'Of the calls of the last 10 s, 0 to 1' }),
  })
  .meta({ id: 'Quota' });

/** Messages of the embed queue by the embed jobs that all workers finish a minute. */
const backlogMinutes = (stage: StageName, { visible, inFlight, delayed }: Depth, jobsPerMinute: number) =>
  stage === 'embed' && jobsPerMinute > 0 ? (visible + inFlight + delayed) / jobsPerMinute : null;

export const readQueues = ({ queue, deadLetters, quota }: Pick<Ports, 'queue' | 'deadLetters' | 'quota'>) =>
  route({
    summary: 'See how full the queues are',
    access: 'admin',
    reply: json(
      z.object({
        queues: z.array(Queue),
        quota: Quota.nullable().meta({ description: 'Of embedding; null where nothing but the machine limits it' }),
      }),
    ),
    async handle() {
      const state = await quota.state();
      const queues = STAGE_NAMES.map(async (stage) => {
        const [depth, buried] = await Promise.all([queue.depth(stage), deadLetters.count(stage)]);
        const minutes = backlogMinutes(stage, depth, state?.jobsPerMinute ?? 0);
        return { stage, ...depth, deadLetters: buried, backlogMinutes: minutes };
      });
      return { queues: await Promise.all(queues), quota: state ?? null };
    },
  });

const DeadLetter = z
  .object({ body: z.unknown(), code: z.string(), reason: z.string(), buriedAt: Time, receiveCount: z.int() })
  .meta({ id: 'DeadLetter' });
const OfStage = z.object({ stage: Stage });

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
