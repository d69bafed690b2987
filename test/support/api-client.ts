import assert from 'node:assert/strict';
import { z } from 'zod';

/** What a request is made of. */
export interface Call {
  readonly token?: string | undefined;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly form?: FormData;
  /** Sent as it is. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServerSentEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  readonly data: any;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of JSON, what it says; else undefined. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  readonly body: any;
  /** Of an event stream. */
  readonly events: ServerSentEvent[];
}

interface Media {
  readonly schema: object;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Speaks to the API, and requires of each answer what /openapi.json says of it. */
export interface ApiClient {
  /** @param address as in the description, such as 'GET /v1/documents/{id}' */
  call(address: string, call?: Call): Promise<Answer>;
  readonly description: Description;
  /** Such as 'GET /v1/documents/{id} 200'. */
  readonly answered: ReadonlySet<string>;
}

/** '{id}' in a path, each replaced by its value. */
const filled = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? `no-${name}`));

const requestOf = (method: string, { token, json, form, bytes, headers }: Call): RequestInit => ({
  method,
  redirect: 'manual',
  headers: {
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(json !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  },
  ...(json !== undefined && { body: JSON.stringify(json) }),
  ...(form !== undefined && { body: form }),
  ...(bytes !== undefined && { body: bytes }),
});

const eventsOf = (text: string): ServerSentEvent[] =>
  [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, event = '', data = '']) => ({
    event,
    data: JSON.parse(data),
  }));

/** JSON Schema keeps its definitions elsewhere than OpenAPI. */
const judgeOf = (schema: object, { components }: Description): z.ZodType => {
  const whole = JSON.stringify({ ...schema, $defs: components.schemas });
  return z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')));
};

/** Without parameters. */
const mediaOf = (response: Response): string => response.headers.get('Content-Type')?.split(';')[0] ?? '';
const declaredMedia = (content: Readonly<Record<string, Media>>, media: string): Media | undefined =>
  Object.entries(content).find(([name]) => [media, '*/*'].includes(name.split(';')[0] ?? ''))?.[1];

export const apiClient = async (url: string): Promise<ApiClient> => {
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as Description;
  const answered = new Set<string>();

  /** Throws unless the description has such an answer. */
  const judge = (operation: Operation, response: Response, { text, body, events }: Answer): void => {
    const declared = operation.responses[response.status];
    assert.ok(declared, `${response.status} is not declared; it says ${text}`);
    if (declared.content === undefined) {
      assert.equal(text, '');
      return;
    }
    const media = declaredMedia(declared.content, mediaOf(response));
    assert.ok(media, `${mediaOf(response)} is not declared`);
    const value = mediaOf(response) === 'text/event-stream' ? events : body;
    if (value !== undefined) judgeOf(media.schema, description).parse(value);
  };

  return {
    description,
    answered,
    async call(address, call = {}) {
      const [method = '', path = ''] = address.split(' ');
      const operation = description.paths[path]?.[method.toLowerCase()];
      assert.ok(operation, `${address} is not described`);
      const search = new URLSearchParams(call.query).toString();
      const response = await fetch(`${url}${filled(path, call.params ?? {})}?${search}`, requestOf(method, call));
      const text = await response.text();
      const answer: Answer = {
        status: response.status,
        headers: response.headers,
        text,
        body: /json$/.test(mediaOf(response)) ? JSON.parse(text) : undefined,
        events: mediaOf(response) === 'text/event-stream' ? eventsOf(text) : [],
      };
      judge(operation, response, answer);
      assert.ok(response.headers.get('X-Request-Id'));
      answered.add(`${address} ${response.status}`);
      return answer;
    },
  };
};
