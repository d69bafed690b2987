import type { SQSClient } from '@aws-sdk/client-sqs';
import type { StageName } from '../../../domain/stage-name.ts';
import type { DeadLetters } from '../../../ports/dead-letters.ts';
import { pageOf, positionOf } from '../../paging.ts';
import { letterOf } from './burial.ts';
import { countsOf, totalOf } from './counts.ts';
import { moveAll } from './move-all.ts';
import type { Queues } from './queues.ts';
import { readLetters } from './read-letters.ts';

/**
 * The dead-letter queues beside the stages' queues. `list` shows the newest of up to 500 that it reads, anew for each
 * page: of more letters it sees some, and one that came meanwhile may be missing. `redrive` answers how many there were
 * when it began; the last of many may be on their way yet.
 */
export const sqsDeadLetters = ({ client, queues }: { client: SQSClient; queues: Queues }): DeadLetters => {
  const count = async (stage: StageName) => totalOf(await countsOf(client, queues[stage].deadLetters.url));
  return {
    count,
    async list(stage, limit, cursor) {
      const before = cursor === undefined ? undefined : positionOf(cursor);
      const messages = await readLetters(client, queues[stage].deadLetters.url, await count(stage));
      const letters = messages
        .map((message) => {
          const letter = letterOf(message);
          return { letter, position: [letter.buriedAt, message.MessageId ?? ''] as const };
        })
        .filter(({ position }) => before === undefined || isBefore(position, before))
        .sort((a, b) => (isBefore(a.position, b.position) ? 1 : -1));
      const page = pageOf(letters, limit, ({ position }) => position);
      return { ...page, items: page.items.map(({ letter }) => letter) };
    },
    async redrive(stage) {
      const { arn, deadLetters } = queues[stage];
      const buried = await count(stage);
      if (buried > 0) await moveAll(client, { from: deadLetters.arn, to: arn });
      return buried;
    },
  };
};

const isBefore = ([a, idA]: readonly [string, string], [b, idB]: readonly [string, string]): boolean =>
  a < b || (a === b && idA < idB);
