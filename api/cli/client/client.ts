import type { StageName } from '../../../common/domain/stage-name.ts';
import type { Depth } from '../../../common/ports/job-queue.ts';
import { authorized } from './authorized.ts';
import { json, type Line } from './calls.ts';
import { directCalls } from './direct-calls.ts';
import { documentCalls } from './document-calls.ts';
import { openTransport } from './http.ts';
import { loginCalls } from './login-calls.ts';
import { questionCalls } from './question-calls.ts';
import { memoryTokens, type TokenStore } from './tokens.ts';
import { uploadCalls } from './upload-calls.ts';

export interface ClientOptions {
  /** Of the server, without a slash at the end. */
  readonly url: string;
  /** Where the login is kept; in memory when absent. */
  readonly tokens?: TokenStore;
}

export interface QueueState extends Depth {
  readonly stage: StageName;
  readonly deadLetters: number;
}

/** Speaks the REST API. Nothing is sent before the first call; disposing closes the connections. */
export const openClient = ({ url, tokens = memoryTokens() }: ClientOptions) => {
  const transport = openTransport(url);
  const line: Line = { url, transport, authorized: authorized(transport, tokens) };
  return {
    url,
    ...loginCalls(line, tokens),
    ...documentCalls(line),
    ...uploadCalls(line),
    direct: directCalls(line),
    ...questionCalls(line),
    /** Throws `forbidden` for all but administrators. */
    queues: (signal?: AbortSignal): Promise<{ queues: QueueState[] }> =>
      json(line, { method: 'GET', path: '/v1/operations/queues', signal }),
    async [Symbol.asyncDispose]() {
      transport.close();
    },
  };
};

export type Client = ReturnType<typeof openClient>;
