import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendFile } from '../../../../../api/cli/add/send-file.ts';
import { Refused } from '../../../../../api/cli/client/problem.ts';
import { folderWith } from '../support/folder.ts';
import { type Shelf, shelf } from '../support/shelf.ts';

const PART = 8 * 1024 ** 2;
const quiet = (): void => {};
const SMALL = Buffer.alloc(6_000_000, 'one part of text. ');
const LARGE = Buffer.concat([Buffer.alloc(PART, 'a'), Buffer.alloc(PART, 'b'), Buffer.alloc(10, 'c')]);

const send = (client: Shelf, path: string, { signal = new AbortController().signal, onPart = quiet } = {}) => {
  const sending = { client, signal, tags: ['t'], onPart, onWait: quiet };
  return sendFile({ kind: 'file', path, name: 'big.txt', named: false }, sending);
};
const sent = async (client: Shelf, content: Buffer, options = {}) => {
  await using folder = await folderWith({ file: content });
  return await send(client, join(folder.path, 'file'), options);
};
const broken = () => new Refused('unavailable', 'Broken.', { status: 503, retryAfterSeconds: 0 });
const ended = () => new Refused('forbidden', 'Expired.', { status: 403, retryAfterSeconds: undefined });

/** Sends with a signal that aborts once the second part is to go. */
const interrupted = async (client: Shelf, content: Buffer) => {
  const abort = new AbortController();
  const { send: sendPart } = client.direct;
  client.direct.send = async (part, body, options) => {
    if (part.partNumber > 1) abort.abort();
    abort.signal.throwIfAborted();
    await sendPart(part, body, options);
  };
  await assert.rejects(sent(client, content, { signal: abort.signal }), { name: 'AbortError' });
  client.direct.send = sendPart;
};

describe('sending a large file', () => {
  it('goes past the API, in one part where that holds it', async () => {
    const client = shelf();
    const { outcome, status } = await sent(client, SMALL);
    assert.deepEqual([outcome, status], ['added', 'processing']);
    assert.deepEqual(client.called, ['list', 'begin', 'read', 'complete']);
  });

  it('goes in parts, and tells how far it is', async () => {
    const client = shelf();
    const told: number[] = [];
    await sent(client, LARGE, { onPart: (part: number) => void told.push(part) });
    assert.deepEqual(client.direct.sent.toSorted(), [1, 2, 3]);
    assert.equal(told.at(-1), 1);
  });

  it('gives a document new content', async () => {
    const client = shelf({ 'big.txt': 'old' });
    assert.equal((await sent(client, SMALL)).outcome, 'replaced');
    assert.equal(client.documents.size, 1);
  });

  it('sends a part again that broke, and no other', async () => {
    const client = shelf();
    client.direct.breaks.push(broken());
    await sent(client, LARGE);
    assert.equal(client.direct.sent.length, 4);
    assert.deepEqual([...new Set(client.direct.sent)].toSorted(), [1, 2, 3]);
  });

  it('asks for new addresses when one has ended', async () => {
    const client = shelf();
    client.direct.breaks.push(ended());
    assert.equal((await sent(client, SMALL)).outcome, 'added');
    assert.deepEqual(client.direct.sent, [1, 1]);
  });

  it('tells why it fails when new addresses do not help', async () => {
    const client = shelf();
    client.direct.breaks.push(ended(), ended());
    await assert.rejects(sent(client, SMALL), { message: 'Expired.' });
  });

  it('is resumed after Ctrl-C where it stopped', async () => {
    const client = shelf();
    await interrupted(client, LARGE);
    client.direct.sent.length = 0;
    const { outcome } = await sent(client, LARGE);
    assert.equal(outcome, 'added');
    assert.deepEqual(client.direct.sent.toSorted(), [2, 3]);
    assert.equal(client.documents.size, 1);
  });

  it('begins anew when the file has changed since Ctrl-C', async () => {
    const client = shelf();
    await interrupted(client, LARGE);
    client.called.length = 0;
    const changed = Buffer.from(LARGE).fill('x', 0, 1);
    assert.equal((await sent(client, changed)).outcome, 'added');
    assert.deepEqual(client.called.slice(0, 4), ['list', 'read', 'abandon', 'begin']);
    assert.equal(client.documents.size, 1);
  });

  it('gives up what was broken off when the file has become small', async () => {
    const client = shelf();
    await interrupted(client, LARGE);
    assert.equal((await sent(client, Buffer.from('small'))).outcome, 'added');
    assert.deepEqual([client.documents.size, client.direct.uploads.size], [1, 0]);
  });

  it('sends again what was changed while it was sent', async () => {
    await using folder = await folderWith({ file: LARGE });
    const path = join(folder.path, 'file');
    const client = shelf();
    const { begin } = client.direct;
    client.direct.begin = async (request) => {
      client.direct.begin = begin;
      await writeFile(path, LARGE.toReversed());
      await appendFile(path, 'more');
      return begin(request);
    };
    const { documentId } = await send(client, path);
    assert.equal(client.documents.get(documentId)?.fileSize, LARGE.length + 4);
  });
});
