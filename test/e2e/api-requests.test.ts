import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Ports } from '../../common/ports/ports.ts';
import { type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';

describe('requests', () => {
  let api: TemporaryApi;
  let person: Person;
  let broken = false;
  let hanging = false;

  const faulty = ({ documents, queue, directory, ...ports }: Ports): Ports => ({
    ...ports,
    documents: { ...documents, get: (key) => (hanging ? new Promise(() => undefined) : documents.get(key)) },
    queue: { ...queue, depth: (stage) => (broken ? Promise.reject(new Error('gone')) : queue.depth(stage)) },
    directory: {
      ...directory,
      list: (query) => (broken ? Promise.reject(new Error('secret/path is locked')) : directory.list(query)),
    },
  });

  before(async function () {
    this.timeout(20_000);
    api = await temporaryApi({ around: faulty });
    person = await api.person();
  });
  after(() => api[Symbol.asyncDispose]());
  afterEach(() => {
    broken = false;
    hanging = false;
  });

  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${api.url}${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${person.token}`, 'Content-Type': 'application/json', ...headers },
      body,
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  };

  for (const [what, { body, type = 'application/json', status }] of Object.entries<{
    body: string;
    type?: string;
    status: number;
  }>({
    'broken JSON': { body: '{"query": ', status: 400 },
    'no JSON at all': { body: 'query=x', status: 400 },
    'an array': { body: '[]', status: 400 },
    'a field that we do not know': { body: '{"query":"x","lmit":3}', status: 400 },
    'a number for a text': { body: '{"query":7}', status: 400 },
    'a NUL': { body: '{"query":"a\\u0000b"}', status: 400 },
    'half a character': { body: '{"query":"\\ud800"}', status: 400 },
    'an empty query': { body: '{"query":"  "}', status: 400 },
    'a limit of 0': { body: '{"query":"x","limit":0}', status: 400 },
    'a mode that there is not': { body: '{"query":"x","mode":"magic"}', status: 400 },
    'a date that is none': { body: '{"query":"x","filters":{"uploadedFrom":"yesterday"}}', status: 400 },
    'an id that is none': { body: '{"query":"x","filters":{"documentIds":["../x"]}}', status: 400 },
    'more than 1 MB': { body: JSON.stringify({ query: 'x'.repeat(1_100_000) }), status: 413 },
    'a form': { body: 'query=x', type: 'application/x-www-form-urlencoded', status: 415 },
    'JSON in Latin-1': { body: '{"query":"x"}', type: 'application/json; charset=latin1', status: 415 },
  })) {
    it(`with ${what} are answered ${status}`, async () => {
      const answer = await post('/v1/search', body, { 'Content-Type': type });
      assert.equal(answer.status, status, answer.body.detail);
      assert.equal(answer.headers.get('Content-Type'), 'application/problem+json; charset=utf-8');
    });
  }

  it('that are wrong in a hundred thousand places get a short answer', async () => {
    const json = { query: 'x', filters: { documentIds: Array(100_000).fill(1) } };
    const { status, body } = await post('/v1/search', JSON.stringify(json));
    assert.equal(status, 400);
    assert.ok(body.detail.length < 5_000);
  });

  it('take times of any offset, and hand them on in UTC', async () => {
    const filters = { uploadedFrom: '2026-01-01T02:00:00+02:00' };
    assert.equal((await post('/v1/search', JSON.stringify({ query: 'x', mode: 'keyword', filters }))).status, 200);
  });

  it('carry an id: their own, or one that we make; never one that is not fit to print', async () => {
    const own = await fetch(`${api.url}/health/live`, { headers: { 'X-Request-Id': 'trace-7.a' } });
    assert.equal(own.headers.get('X-Request-Id'), 'trace-7.a');
    const unfit = await fetch(`${api.url}/health/live`, { headers: { 'X-Request-Id': '<script>' } });
    assert.match(unfit.headers.get('X-Request-Id') ?? '', /^[\da-f-]{36}$/);
  });

  it('are observed once each, by their pattern', async () => {
    const seen = api.seen('GET /v1/users/me');
    await api.call('GET /v1/users/me', { token: person.token });
    const { name, status, ms, userId } = await seen;
    assert.deepEqual([name, status, userId], ['request.answered', 200, person.user.userId]);
    assert.ok(ms > 0);
  });

  it('that meet something unexpected learn no more than where to look', async () => {
    broken = true;
    const seen = api.seen('GET /v1/documents');
    const { status, body } = await api.call('GET /v1/documents', { token: person.token });
    const { cause, requestId } = await seen;
    assert.deepEqual([status, body.code, body.instance], [500, 'internal', requestId]);
    assert.doesNotMatch(JSON.stringify(body), /secret/);
    assert.equal((cause as Error).message, 'secret/path is locked');
  });

  it('for readiness learn which part does not answer', async () => {
    broken = true;
    const { status, body } = await api.call('GET /health/ready');
    assert.deepEqual([status, body.detail], [503, 'Not ready: no answer from queue.']);
    assert.equal((await api.call('GET /health/live')).status, 200);
    assert.match((await api.call('GET /metrics')).text, /assistant_dead_letters\{stage="embed"\} 0/);
  });

  for (const path of [
    '/v1/documents/%E0%A4%A',
    '/v1/documents/..%2F..%2Fetc',
    '/v1/documents/%00',
    '/../../etc/passwd',
  ]) {
    it(`for ${path} find nothing`, async () => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${person.token}\r\nConnection: close\r\n\r\n`,
      );
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      assert.match(answer.toString(), /^HTTP\/1\.1 404 /);
    });
  }

  it('for the docs get a page that needs nothing from elsewhere', async () => {
    const page = await fetch(`${api.url}/docs`);
    const html = await page.text();
    assert.match(page.headers.get('Content-Security-Policy') ?? '', /script-src 'self';style-src 'self';/);
    const links = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link);
    assert.equal(links.length, 3);
    for (const link of links) {
      const response = await fetch(new URL(link, `${api.url}/docs`));
      assert.equal(response.status, 200, link);
      assert.ok(link.startsWith('/docs/'));
      assert.ok((await response.text()).length > 50);
    }
  });

  it('for anything get headers that keep a browser from harm', async () => {
    const { headers } = await fetch(`${api.url}/health/live`);
    assert.equal(headers.get('Content-Security-Policy'), "default-src 'none';frame-ancestors 'none'");
    assert.equal(headers.get('X-Powered-By'), null);
    assert.equal(headers.get('Cache-Control'), 'no-store');
  });
});
