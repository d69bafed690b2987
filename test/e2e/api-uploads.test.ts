import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import type { Ports } from '../../common/ports/ports.ts';
import { formOf, type Person, type TemporaryApi, temporaryApi } from '../support/api.ts';

const MAX_UPLOAD_BYTES = 200_000;
const BOUNDARY = 'between';

interface RawForm {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A form as the bytes of a request, for what no client would send. */
const rawForm = (...parts: string[]): RawForm => ({
  headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
  body: `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join('')}--${BOUNDARY}--\r\n`,
});
const rawFile = (fileName: string, content = 'text', name = 'file') =>
  `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: text/plain\r\n\r\n${content}`;
const rawField = (name: string, value: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;

describe('uploads', () => {
  let api: TemporaryApi;
  let person: Person;
  /** Of whom nothing is ever taken. */
  let refused: Person;
  let put: { begun: PromiseWithResolvers<void>; ended: PromiseWithResolvers<void>; after: () => Promise<unknown> };

  /** Tells when a file is being put, and when that has ended; `after` comes in between. */
  const listening = ({ blobs, ...ports }: Ports): Ports => ({
    ...ports,
    blobs: {
      ...blobs,
      async put(key, body) {
        put.begun.resolve();
        try {
          const size = await blobs.put(key, body);
          await put.after();
          return size;
        } finally {
          put.ended.resolve();
        }
      },
    },
  });

  before(async function () {
    this.timeout(20_000);
    api = await temporaryApi({ env: { MAX_UPLOAD_BYTES: `${MAX_UPLOAD_BYTES}` }, around: listening });
    person = await api.person();
    refused = await api.person();
  });
  after(() => api[Symbol.asyncDispose]());
  beforeEach(() => {
    put = { begun: Promise.withResolvers(), ended: Promise.withResolvers(), after: async () => undefined };
  });

  const send = async ({ headers, body }: RawForm, { token } = person) => {
    const Authorization = `Bearer ${token}`;
    const response = await fetch(`${api.url}/v1/documents`, {
      method: 'POST',
      headers: { Authorization, ...headers },
      body,
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
    return { status: response.status, body: (await response.json()) as any };
  };

  const requireNothingLeft = async () => {
    assert.deepEqual(await api.home.ports.blobs.list(`documents/${refused.user.userId}/`), []);
    assert.deepEqual(await readdir(api.home.scratch), []);
    assert.deepEqual((await api.call('GET /v1/documents', { token: refused.token })).body, { items: [] });
  };

  it('take fields before and after the file', async () => {
    const parts = [rawField('title', 'Before'), rawFile('a.txt', 'grüße'), rawField('tags', 'x, y')];
    const { status, body } = await send(rawForm(...parts));
    assert.equal(status, 202);
    assert.deepEqual(body.metadata, { tags: ['x', 'y'], title: 'Before' });
    assert.equal(body.fileSize, Buffer.byteLength('grüße'));
  });

  for (const [how, fields] of Object.entries({
    'one a field': [rawField('tags', 'red'), rawField('tags', 'green')],
    'as a JSON array': [rawField('tags', '["red","green"]')],
    'separated by commas': [rawField('tags', ' red,green, red,')],
  })) {
    it(`take tags ${how}`, async () => {
      const { body } = await send(rawForm(rawFile('a.txt'), ...fields));
      assert.deepEqual(body.metadata.tags, ['red', 'green']);
    });
  }

  it('tell the record of the specification, and nothing that is internal', async () => {
    const { body } = await api.upload(person, 'src/main.py', 'print(1)');
    assert.deepEqual(Object.keys(body).sort(), [
      'access',
      'documentId',
      'fileName',
      'fileSize',
      'fileType',
      'metadata',
      'processingStatus',
      's3Bucket',
      's3Key',
      'searchableContent',
      'status',
      'updatedAt',
      'uploadDate',
      'userId',
    ]);
    assert.equal(body.s3Key, `documents/${person.user.userId}/${body.documentId}/1/original.txt`);
    assert.deepEqual([body.s3Bucket, body.fileType], ['local', 'text/plain']);
  });

  for (const [given, kept] of Object.entries({
    '../../etc/passwd': 'etc/passwd',
    '/etc/./passwd': 'etc/passwd',
    'C:/docs/a.txt': 'docs/a.txt',
    'a\u202etxt.exe': 'atxt.exe',
    'say %22hi%22.txt': 'say "hi".txt',
  })) {
    it(`keep the file name ${JSON.stringify(given)} as ${kept}`, async () => {
      const { status, body } = await send(rawForm(rawFile(given)));
      assert.deepEqual([status, body.fileName], [202, kept]);
    });
  }

  for (const [what, form] of Object.entries({
    'without a file': rawForm(rawField('title', 'x')),
    'whose file is in another field': rawForm(rawFile('a.txt', 'text', 'document')),
    'with two files': rawForm(rawFile('a.txt'), rawFile('b.txt')),
    'whose file has no name': rawForm(rawFile('')),
    'whose file is called ..': rawForm(rawFile('../..')),
    'whose file has an endless name': rawForm(rawFile('n'.repeat(1_025))),
    'with a field that we do not know': rawForm(rawFile('a.txt'), rawField('colour', 'red')),
    'with a field that came twice': rawForm(rawFile('a.txt'), rawField('title', 'x'), rawField('title', 'y')),
    'with a title that is too long': rawForm(rawFile('a.txt'), rawField('title', 'x'.repeat(301))),
    'with a huge field': rawForm(rawField('title', 'x'.repeat(100_000)), rawFile('a.txt')),
    'with a NUL in its title': rawForm(rawFile('a.txt'), rawField('title', 'a\0b')),
    'with 51 tags': rawForm(rawFile('a.txt'), rawField('tags', Array.from({ length: 51 }, (_, n) => n).join())),
    'with tags that are no text': rawForm(rawFile('a.txt'), rawField('tags', '[{"a":1}]')),
    'with tags that are broken JSON': rawForm(rawFile('a.txt'), rawField('tags', '["a"')),
    'with a hundred fields': rawForm(rawFile('a.txt'), ...Array.from({ length: 100 }, () => rawField('tags', 'x'))),
    'that ends in the middle of the file': { ...rawForm(), body: `--${BOUNDARY}\r\n${rawFile('a.txt')}` },
    'that ends in the middle of a header': { ...rawForm(), body: `--${BOUNDARY}\r\nContent-Disp` },
    'with another boundary than it says': { ...rawForm(), body: '--other\r\n\r\n--other--' },
    'that is empty': { ...rawForm(), body: '' },
    'without a boundary': { headers: { 'Content-Type': 'multipart/form-data' }, body: 'x' },
  })) {
    it(`refuse a form ${what}, and leave nothing`, async () => {
      const { status, body } = await send(form, refused);
      assert.deepEqual([status, body.code], [400, 'invalid'], body.detail);
      await requireNothingLeft();
    });
  }

  it('refuse what is no form', async () => {
    const { status, body } = await send({ headers: { 'Content-Type': 'application/json' }, body: '{}' });
    assert.deepEqual([status, body.code], [415, 'unsupported']);
  });

  it('take a file of exactly the greatest size', async () => {
    const { status, body } = await send(rawForm(rawFile('a.txt', 'x'.repeat(MAX_UPLOAD_BYTES))));
    assert.deepEqual([status, body.fileSize], [202, MAX_UPLOAD_BYTES]);
  });

  it('refuse one byte more, and leave nothing', async () => {
    const { status, body } = await send(rawForm(rawFile('a.txt', 'x'.repeat(MAX_UPLOAD_BYTES + 1))), refused);
    assert.deepEqual([status, body.code], [413, 'too_large']);
    assert.match(body.detail, /200,000 bytes/);
    await requireNothingLeft();
  });

  it('refuse by its length alone what is far too large', async () => {
    const { status } = await send(rawForm(rawFile('a.txt', 'x'.repeat(5_000_000))), refused);
    assert.equal(status, 413);
    await requireNothingLeft();
  });

  it('leave nothing of a client that breaks off', async () => {
    const { headers, body } = rawForm(rawFile('a.txt', 'x'.repeat(100_000)));
    const Authorization = `Bearer ${refused.token}`;
    const client = request(`${api.url}/v1/documents`, {
      method: 'POST',
      headers: { ...headers, Authorization, 'Content-Length': body.length },
    });
    client.on('error', () => undefined); // it is we who hang up
    const seen = api.seen('POST /v1/documents');
    client.write(body.slice(0, 50_000));
    await put.begun.promise;
    client.destroy();
    assert.equal((await seen).status, 499);
    await put.ended.promise;
    await requireNothingLeft();
  });

  it('replace a content, while the old one is still read', async () => {
    const { documentId } = (await api.upload(person, 'a.txt', 'old')).body;
    const params = { id: documentId };
    const { token } = person;
    const form = formOf('b.md', '# New');
    const { status, body } = await api.call('PUT /v1/documents/{id}/content', { token, params, form });
    assert.equal(status, 202);
    assert.deepEqual([body.fileName, body.fileType, body.fileSize], ['b.md', 'text/markdown', 5]);
    assert.match(body.s3Key, /\/2\/original\.md$/);
    assert.equal((await api.call('GET /v1/documents/{id}/content', { token, params })).text, '# New');
  });

  it('let the newest of two replacements win, whichever ends first', async () => {
    const { documentId } = (await api.upload(person, 'a.txt', 'old')).body;
    const { documents } = api.home.ports;
    const key = { userId: person.user.userId, documentId };
    const call = { token: person.token, params: { id: documentId } };
    put.after = async () => documents.change(await documents.get(key), { generation: 9 });
    const form = formOf('b.txt', 'late');
    const { status, body } = await api.call('PUT /v1/documents/{id}/content', { ...call, form });
    assert.deepEqual([status, body.code], [409, 'conflict']);
    const blobs = await api.home.ports.blobs.list(`documents/${person.user.userId}/${documentId}/`);
    assert.deepEqual(blobs, [`documents/${person.user.userId}/${documentId}/1/original.txt`]);
  });
});
