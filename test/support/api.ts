import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Registry } from 'prom-client';
import { type Served, serve } from '../../api/serve.ts';
import type { User } from '../../common/domain/user.ts';
import { backlogMetrics } from '../../common/runtime/home-metrics.ts';
import { logger } from '../../common/runtime/logger.ts';
import { metrics } from '../../common/runtime/metrics.ts';
import { observer } from '../../common/runtime/observer.ts';
import type { RequestAnswered, Sight } from '../../common/runtime/sight.ts';
import { type Answer, type ApiClient, apiClient } from './api-client.ts';
import { type TemporaryHome, temporaryHome } from './home.ts';

export interface Person {
  readonly token: string;
  readonly refreshToken: string;
  readonly user: User;
}

export interface TemporaryApi extends AsyncDisposable, Pick<ApiClient, 'call' | 'answered' | 'description'> {
  readonly home: TemporaryHome;
  readonly url: string;
  /** The next thing that the API observes of an address. */
  seen(address: string): Promise<RequestAnswered>;
  /** A new person, logged in; the first one is the administrator. */
  person(name?: string): Promise<Person>;
  /** Uploads a text; answers its record. */
  upload(person: Person, fileName: string, content: string, fields?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Follows a document to its end; answers the events. */
  settled(person: Person, documentId: string): Promise<Answer>;
  /** Stops serving; the home stays. */
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse battery staple';

export const formOf = (fileName: string, content: string | Uint8Array<ArrayBuffer>, fields: object = {}): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([content]), fileName);
  return form;
};

/** The API on a port of its own, over an embedded home of its own. */
export const temporaryApi = async (options: Parameters<typeof temporaryHome>[0] = {}): Promise<TemporaryApi> => {
  await using stack = new AsyncDisposableStack();
  const home = stack.use(await temporaryHome(options));
  const register = new Registry();
  backlogMetrics(register, home.ports);
  const sights = new EventEmitter<Record<string, [RequestAnswered]>>();
  const log = observer(logger('silent'), metrics(register));
  const observe = (sight: Sight) => {
    log(sight);
    if (sight.name === 'request.answered') sights.emit(sight.route, sight);
  };
  const readMetrics = () => register.metrics();
  const served: Served = stack.use(await serve({ config: home.config, home, observe, readMetrics }));
  const client = await apiClient(served.url);
  let people = 0;
  const owned = stack.move();

  return {
    ...client,
    home,
    url: served.url,
    seen: async (address) => (await once(sights, address))[0],
    async person(name = `person-${people + 1}`) {
      people += 1;
      const json = { email: `${name}@example.org`, password: PASSWORD, firstName: name, lastName: 'Example' };
      const { status, body, text } = await client.call('POST /v1/auth/register', { json });
      assert.equal(status, 201, text);
      return { token: body.accessToken, refreshToken: body.refreshToken, user: body.user };
    },
    async upload({ token }, fileName, content, fields = {}) {
      const answer = await client.call('POST /v1/documents', { token, form: formOf(fileName, content, fields) });
      assert.equal(answer.status, 202, answer.text);
      return answer;
    },
    settled: ({ token }, id) => client.call('GET /v1/documents/{id}/events', { token, params: { id } }),
    close: async () => served[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
