import assert from 'node:assert/strict';
import { type AddOptions, addPaths } from '../../../../../api/cli/add/add-paths.ts';
import type { FileOutcome } from '../../../../../api/cli/add/outcome.ts';
import { Refused } from '../../../../../api/cli/client/problem.ts';
import { AppError } from '../../../../../common/domain/errors.ts';
import { folderWith } from '../support/folder.ts';
import { type Shelf, shelf } from '../support/shelf.ts';

const FILES = {
  'docs/a.md': 'new',
  'docs/b.md': 'same',
  'docs/c.md': 'changed',
  'docs/d.png': 'a\0b',
  'docs/e.log': '',
};

/** A shelf on which all that is uploaded is ready at once. */
const quickShelf = (contents: Readonly<Record<string, string>> = {}): Shelf => {
  const client = shelf(contents);
  const { list } = client;
  client.list = async (query) => {
    for (const { documentId, status } of client.documents.values()) {
      if (query?.status === 'processing' && status === 'processing') client.set(documentId, { status: 'ready' });
    }
    return list(query);
  };
  return client;
};

const add = async (client: Shelf, files: Readonly<Record<string, string>>, options: Partial<AddOptions> = {}) => {
  await using folder = await folderWith(files);
  return await addPaths(client, ['docs'], { workingFolder: folder.path, ...options });
};

describe('adding a folder', () => {
  it('tells what was added, replaced, unchanged and skipped, and why', async () => {
    const client = quickShelf({ 'docs/b.md': 'same', 'docs/c.md': 'old' });
    const outcomes: FileOutcome[] = [];
    const { counts, notable } = await add(client, FILES, { onOutcome: (outcome) => void outcomes.push(outcome) });
    assert.deepEqual(counts, { added: 1, replaced: 1, retried: 0, unchanged: 1, skipped: 2, failed: 0 });
    const reasons = notable.map(({ fileName, reason }) => `${fileName}: ${reason}`).sort();
    assert.deepEqual(reasons, ['docs/d.png: binary, of no kind that can be read', 'docs/e.log: empty']);
    assert.equal(outcomes.length, 5);
    assert.ok(outcomes.every(({ outcome, status }) => outcome === 'skipped' || status === 'ready'));
  });

  it('counts a file that cannot be taken as failed when it was named itself', async () => {
    await using folder = await folderWith(FILES);
    const paths = ['docs/d.png', 'docs/gone.md'];
    const { counts } = await addPaths(quickShelf(), paths, { workingFolder: folder.path });
    assert.deepEqual([counts.failed, counts.skipped], [2, 0]);
  });

  it('skips what is too large for the server, and goes on after a file that it does not like', async () => {
    const client = quickShelf();
    const facts = { status: 413, retryAfterSeconds: undefined };
    client.refusals.push(new Refused('too_large', 'A file may have 5 bytes at most; split it.', facts));
    client.refusals.push(new Refused('invalid', 'The name is too long.', { ...facts, status: 400 }));
    const { counts } = await add(client, { 'docs/a.md': 'a', 'docs/b.md': 'b', 'docs/c.md': 'c' });
    assert.deepEqual([counts.added, counts.skipped, counts.failed], [1, 1, 1]);
  });

  it('does not wait for the processing when it is told not to', async () => {
    const { counts, processing } = await add(shelf(), { 'docs/a.md': 'a', 'docs/b.md': 'b' }, { wait: false });
    assert.deepEqual([counts.added, processing], [2, 2]);
  });

  it('waits also for what an earlier add has left under way', async () => {
    const client = quickShelf({ 'docs/a.md': 'a' });
    const [documentId = ''] = client.documents.keys();
    client.set(documentId, { status: 'processing' });
    const { counts, processing } = await add(client, { 'docs/a.md': 'a' });
    assert.deepEqual([counts.unchanged, processing], [1, 0]);
    assert.equal(client.documents.get(documentId)?.status, 'ready');
  });

  it('stops at once where something stands in the way of all files', async () => {
    const client = quickShelf();
    client.list = async () => {
      throw new AppError('unauthenticated', 'Log in first.');
    };
    await assert.rejects(add(client, FILES), { code: 'unauthenticated' });
    assert.deepEqual(client.called, []);
  });

  it('tells, when it is stopped, what is still being processed', async () => {
    const stopping = new AbortController();
    const outcomes: FileOutcome[] = [];
    const options: Partial<AddOptions> = {
      signal: stopping.signal,
      onOutcome: (outcome) => void outcomes.push(outcome),
      onProgress({ uploaded }) {
        if (uploaded === 2) stopping.abort();
      },
    };
    await assert.rejects(add(shelf(), { 'docs/a.md': 'a', 'docs/b.md': 'b' }, options), { name: 'AbortError' });
    assert.deepEqual(
      outcomes.map(({ outcome, status }) => [outcome, status]),
      [
        ['added', 'processing'],
        ['added', 'processing'],
      ],
    );
  });

  it('tells how far it is', async () => {
    let last: unknown;
    await add(quickShelf({ 'docs/b.md': 'same' }), FILES, {
      onProgress: (progress) => {
        last = progress;
      },
    });
    assert.deepEqual(last, {
      files: 3,
      counting: false,
      uploaded: 3,
      documents: 2,
      extracted: 2,
      embedded: 2,
      indexed: 2,
    });
  });
});
