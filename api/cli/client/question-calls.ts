import { AppError } from '../../../common/domain/errors.ts';
import type { Filters, Passage, SearchMode } from '../../../common/domain/search.ts';
import type { AnswerEvent, Citation, Turn } from '../../../common/ports/generator.ts';
import { bearer, json, type Line } from './calls.ts';
import { serverEvents } from './events.ts';
import { problemOf } from './problem.ts';

export interface SearchRequest {
  readonly query: string;
  readonly mode?: SearchMode | undefined;
  readonly limit?: number | undefined;
  readonly filters?: Filters | undefined;
}

export interface AnswerRequest {
  readonly question: string;
  readonly filters?: Filters | undefined;
  readonly history?: readonly Turn[] | undefined;
}

/** No citations: nothing relevant was found, and the answer says so. */
export interface Answer {
  readonly answer: string;
  readonly citations: readonly Citation[];
}

/** The routes /search and /answers. Each throws what the server refuses, `unavailable`, `unauthenticated`. */
export const questionCalls = (line: Line) => ({
  search: (request: SearchRequest, signal?: AbortSignal): Promise<{ results: Passage[] }> =>
    json(line, { method: 'POST', path: '/v1/search', body: request, signal }),

  answer: (request: AnswerRequest, signal?: AbortSignal): Promise<Answer> =>
    json(line, { method: 'POST', path: '/v1/answers', body: request, signal }),

  /** The answer as it is made, then its citations. Throws `unavailable` when it breaks off. */
  async *ask(request: AnswerRequest, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
    const reply = await line.authorized((token) => ({
      method: 'POST',
      path: '/v1/answers',
      headers: { ...bearer(token), 'Content-Type': 'application/json', Accept: 'text/event-stream' },
      body: JSON.stringify(request),
      signal,
    }));
    if (reply.status >= 400) throw await problemOf(reply);
    for await (const { event, data } of serverEvents(reply.body)) {
      if (event === 'token') yield { type: 'token', ...(JSON.parse(data) as { text: string }) };
      if (event === 'citations') yield { type: 'citations', ...(JSON.parse(data) as { citations: Citation[] }) };
      if (event === 'done') return;
    }
    throw new AppError('unavailable', 'The answer broke off. Ask again.');
  },
});
