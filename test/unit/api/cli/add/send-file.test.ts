import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendFile } from '../../../../../api/cli/add/send-file.ts';
import { Refused } from '../../../../../api/cli/client/problem.ts';
import { folderWith } from '../support/folder.ts';
import { type Shelf, shelf } from '../support/shelf.ts';

const quiet = (): void => {};

const send = (client: Shelf, path: string, name: string) => {
  const sending = { client, signal: new AbortController().signal, tags: [], onPart: quiet, onWait: quiet };
  return sendFile({ kind: 'file', path, name, named: false }, sending);
};

/** Sends one file with this content. */
const sent = async (client: Shelf, content: string, name = 'docs/guide.md') => {
  await using folder = await folderWith({ file: content });
  return await send(client, join(folder.path, 'file'), name);
};

const busy = () => new Refused('throttled', 'Busy.', { status: 429, retryAfterSeconds: 0 });

describe('sending a file', () => {
  it('adds one that is not there', async () => {
    const client = shelf();
    const { outcome, fileName, status } = await sent(client, 'text');
    assert.deepEqual([outcome, fileName, status], ['added', 'docs/guide.md', 'processing']);
    assert.deepEqual(client.called, ['list', 'upload']);
  });

  it('leaves one that is there unchanged', async () => {
    const client = shelf({ 'docs/guide.md': 'text' });
    assert.equal((await sent(client, 'text')).outcome, 'unchanged');
    assert.deepEqual(client.called, ['list', 'holds']);
  });

  it('gives a document new content, at once where the sizes differ', async () => {
    const client = shelf({ 'docs/guide.md': 'text' });
    assert.equal((await sent(client, 'longer text')).outcome, 'replaced');
    assert.deepEqual(client.called, ['list', 'replace']);
  });

  it('gives a document new content of the same size', async () => {
    const client = shelf({ 'docs/guide.md': 'text' });
    assert.equal((await sent(client, 'next')).outcome, 'replaced');
    assert.deepEqual(client.called, ['list', 'holds', 'replace']);
  });

  it('has one processed again that is there but had failed', async () => {
    const client = shelf({ 'docs/guide.md': 'text' });
    const [documentId = ''] = client.documents.keys();
    client.set(documentId, { status: 'error' });
    assert.equal((await sent(client, 'text')).outcome, 'retried');
  });

  it('looks for the name as the server keeps it', async () => {
    const client = shelf({ 'docs/café two.md': 'text' });
    assert.equal((await sent(client, 'text', 'docs/cafe\u0301 tw\no.md')).outcome, 'unchanged');
  });

  it('waits for a server that is busy', async () => {
    const client = shelf();
    client.refusals.push(busy(), busy());
    assert.equal((await sent(client, 'text')).outcome, 'added');
    assert.deepEqual(client.called, ['list', 'upload', 'list', 'upload', 'list', 'upload']);
  });

  it('does not send what is binary or empty', async () => {
    const client = shelf();
    await assert.rejects(sent(client, 'a\0b'), { code: 'unsupported', message: /^binary/ });
    await assert.rejects(sent(client, ''), { code: 'unsupported', message: 'empty' });
    assert.deepEqual(client.called, []);
  });

  it('sends again what was changed while it was read', async () => {
    await using folder = await folderWith({ 'a.log': 'first' });
    const path = join(folder.path, 'a.log');
    const client = shelf();
    const { upload } = client;
    client.upload = async (file, options) => {
      await appendFile(path, ' second');
      return upload(file, options);
    };
    const { documentId } = await send(client, path, 'a.log');
    assert.equal(client.documents.get(documentId)?.fileSize, 'first second'.length);
  });

  it('says so when a file never comes to rest', async () => {
    await using folder = await folderWith({ 'a.log': 'first' });
    const path = join(folder.path, 'a.log');
    const client = shelf();
    const { list } = client;
    client.list = async (query) => {
      await appendFile(path, ' more');
      return list(query);
    };
    await assert.rejects(send(client, path, 'a.log'), { code: 'conflict', message: /keeps changing/ });
  });
});
