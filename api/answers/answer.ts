import { z } from 'zod';
import { completedQuestion } from '../../common/domain/answer-question.ts';
import type { AnswerEvent } from '../../common/ports/generator.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { jsonBody } from '../http/body.ts';
import { type EventOf, type EventSource, events } from '../http/events.ts';
import { eventsOrWhole } from '../http/events-or-whole.ts';
import { json } from '../http/reply.ts';
import { route } from '../route.ts';
import { text } from '../schemas.ts';
import { retrieve } from '../search/retrieve.ts';
import { Filters } from '../search/schemas.ts';

const PASSAGES = 12;

const Question = z.strictObject({
  question: text(4_000).trim().min(1),
  filters: Filters.default({}),
  history: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: text(20_000) }))
    .max(20)
    .default([]),
});

const Citation = z
  .object({
    n: z.int().meta({ description: 'As [n] in the answer; from 1' }),
    documentId: z.string(),
    fileName: z.string(),
    pageNumber: z.int().optional(),
    section: z.string().optional(),
    startPosition: z.int().meta({ description: 'In the text, in UTF-16 units' }),
    endPosition: z.int().meta({ description: 'Excluded' }),
    snippet: z.string(),
  })
  .meta({ id: 'Citation' });

const Answer = z.object({ answer: z.string(), citations: z.array(Citation) }).meta({ id: 'Answer' });
const EVENTS = {
  token: z.object({ text: z.string() }),
  citations: z.object({ citations: z.array(Citation) }),
  done: z.object({}),
};
type Event = EventOf<typeof EVENTS>;

async function* told(answer: AsyncIterable<AnswerEvent>): AsyncGenerator<Event> {
  for await (const event of answer) {
    if (event.type === 'token') yield { event: 'token', data: { text: event.text } };
    else yield { event: 'citations', data: { citations: event.citations } };
  }
  yield { event: 'done', data: {} };
}

/** The same, as one value. */
const whole = async (told: AsyncIterable<Event>) => {
  let answer = '';
  let citations: Extract<Event, { event: 'citations' }>['data']['citations'] = [];
  for await (const { event, data } of told) {
    if (event === 'token') answer += data.text;
    if (event === 'citations') citations = data.citations;
  }
  return { answer, citations };
};

export const answer = (ports: Pick<Ports, 'embedder' | 'index' | 'directory' | 'generator'>) =>
  route({
    summary: 'Answer a question from what you may see, with citations',
    access: 'user',
    body: jsonBody(Question),
    reply: eventsOrWhole({ events: events(EVENTS), whole: json(Answer), add: whole }),
    problems: ['throttled'],
    async handle({ body: { question, filters, history }, caller }): Promise<EventSource<Event>> {
      const query = completedQuestion(question, history);
      const passages = await retrieve(ports, { query, mode: 'hybrid', limit: PASSAGES, filters, caller });
      return (signal) => told(ports.generator.answer({ question, history, passages, signal }));
    },
  });
