import assert from 'node:assert/strict';
import type { DocumentRef } from '../../common/domain/document.ts';
import type { Passage } from '../../common/domain/search.ts';

/** Somebody who has an account at an API. */
export interface Person {
  readonly userId: string;
  readonly accessToken: string;
  get(path: string): Promise<unknown>;
  upload(fileName: string, content: string): Promise<DocumentRef>;
  search(query: string): Promise<Passage[]>;
}

const CREDENTIALS = { email: 'ada@example.org', password: 'correct horse battery', firstName: 'Ada', lastName: 'L' };

const json = (body: object, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Throws unless it succeeds. */
const ask = async <Reply>(url: string, init: RequestInit): Promise<Reply> => {
  const response = await fetch(url, init);
  const text = await response.text();
  assert.ok(response.ok, `${url} answers ${response.status}: ${text}`);
  return JSON.parse(text) as Reply;
};

export const register = async (url: string): Promise<Person> => {
  const account = await ask<{ accessToken: string; user: { userId: string } }>(
    `${url}/v1/auth/register`,
    json(CREDENTIALS),
  );
  const { accessToken, user } = account;
  const headers = { Authorization: `Bearer ${accessToken}` };
  return {
    userId: user.userId,
    accessToken,
    get: (path) => ask(`${url}${path}`, { headers }),
    async upload(fileName, content) {
      const body = new FormData();
      body.append('file', new Blob([content]), fileName);
      const { documentId } = await ask<{ documentId: string }>(`${url}/v1/documents`, {
        method: 'POST',
        headers,
        body,
      });
      return { userId: user.userId, documentId, generation: 1 };
    },
    async search(query) {
      const { results } = await ask<{ results: Passage[] }>(`${url}/v1/search`, json({ query }, headers));
      return results;
    },
  };
};
