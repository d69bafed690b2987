import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Person, TemporaryApi } from './api.ts';
import type { Answer } from './api-client.ts';

/** The least that a part may have. */
export const PART_SIZE = 5 * 1024 ** 2;

/** Text in parts of the least size, the last one short; each part differs from the others. */
export const textInParts = (count: number): Uint8Array<ArrayBuffer>[] =>
  Array.from({ length: count }, (_, n) => {
    const line = Buffer.from(`Part ${n + 1} speaks of pump ${n}.\n`);
    return new Uint8Array(n === count - 1 ? line : Buffer.alloc(PART_SIZE, line));
  });

export const checksumOf = (part: Uint8Array): string => createHash('sha256').update(part).digest('base64');

export interface Part {
  readonly partNumber: number;
  readonly arrived: boolean;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a client asks to begin an upload of these parts. */
export const asked = (parts: readonly Uint8Array[], changes: object = {}): object => ({
  fileName: 'pumps.txt',
  fileSize: parts.reduce((sum, part) => sum + part.byteLength, 0),
  checksums: parts.map(checksumOf),
  ...(parts.length > 1 && { partSize: PART_SIZE }),
  ...changes,
});

/** The routes of direct uploads, as one person calls them. */
export const directUploads = (api: TemporaryApi, { token }: Person) => {
  const one = (address: string) => (uploadId: string) => api.call(address, { token, params: { uploadId } });
  return {
    begin: (json: object) => api.call('POST /v1/documents/uploads', { token, json }),
    async begun(json: object): Promise<Answer['body']> {
      const { status, body, text } = await api.call('POST /v1/documents/uploads', { token, json });
      assert.equal(status, 201, text);
      return body;
    },
    state: one('GET /v1/documents/uploads/{uploadId}'),
    complete: one('POST /v1/documents/uploads/{uploadId}/complete'),
    abandon: one('DELETE /v1/documents/uploads/{uploadId}'),
    /** To the address that the part has; without a login. */
    send({ url = '', headers = {} }: Part, bytes: Uint8Array<ArrayBuffer>): Promise<Answer> {
      const { pathname, searchParams } = new URL(url, api.url);
      const [, , , token = '', partNumber = ''] = pathname.split('/');
      const query = Object.fromEntries(searchParams);
      return api.call('PUT /v1/uploads/{token}/{partNumber}', { params: { token, partNumber }, query, headers, bytes });
    },
    document: (id: string) => api.call('GET /v1/documents/{id}', { token, params: { id } }),
    content: async (id: string) => (await api.call('GET /v1/documents/{id}/content', { token, params: { id } })).text,
  };
};
