import assert from 'node:assert/strict';

/** Somebody who is logged in at an API, as little as a fault test needs. */
export interface Account {
  readonly userId: string;
  readonly accessToken: string;
  /** The same person at another API process. */
  at(url: string): Account;
  /** Answers the status, and the body where there is one. */
  send(
    method: string,
    path: string,
    body?: FormData | object,
  ): Promise<{ status: number; body: Record<string, string> }>;
  /** Uploads a text and returns its documentId: from then on it is accepted. */
  upload(fileName: string, content: string): Promise<string>;
  /** Puts new content in place of the old. */
  replace(documentId: string, content: string): Promise<void>;
  /** Asks for the deletion; returns the receiptId. */
  remove(documentId: string): Promise<string>;
}

const formOf = (fileName: string, content: string): FormData => {
  const form = new FormData();
  form.append('file', new Blob([content]), fileName);
  return form;
};

export const register = async (url: string, name = 'ada'): Promise<Account> => {
  const person = { email: `${name}@example.org`, password: 'correct horse battery', firstName: name, lastName: 'L' };
  const reply = await fetch(`${url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(person),
  });
  assert.equal(reply.status, 201);
  const { accessToken, user } = (await reply.json()) as { accessToken: string; user: { userId: string } };
  return accountOf(url, { accessToken, userId: user.userId });
};

const accountOf = (url: string, { accessToken, userId }: { accessToken: string; userId: string }): Account => {
  const send: Account['send'] = async (method, path, body) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${accessToken}`,
        ...(body !== undefined && !isForm && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
  };
  const accepted = async (sent: ReturnType<Account['send']>): Promise<Record<string, string>> => {
    const { status, body } = await sent;
    assert.equal(status, 202, JSON.stringify(body));
    return body;
  };
  return {
    userId,
    accessToken,
    at: (other) => accountOf(other, { accessToken, userId }),
    send,
    async upload(fileName, content) {
      const { documentId = '' } = await accepted(send('POST', '/v1/documents', formOf(fileName, content)));
      return documentId;
    },
    async replace(documentId, content) {
      await accepted(send('PUT', `/v1/documents/${documentId}/content`, formOf('replaced.txt', content)));
    },
    async remove(documentId) {
      const { receiptId = '' } = await accepted(send('DELETE', `/v1/documents/${documentId}`));
      return receiptId;
    },
  };
};
