import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, DocumentRef } from '../../common/domain/document.ts';
import { chunkKey, documentFolders, embeddingsKey, metadataKey, textKey } from '../../common/domain/keys.ts';
import { STAGE_NAMES } from '../../common/domain/stage-name.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { chunkIdOf } from '../../common/runtime/chunk-id.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { until } from './until.ts';

const PAGE = 100;

export const documentsOf = async (ports: Ports, userId: string): Promise<Document[]> => {
  const documents: Document[] = [];
  const page = (cursor?: string) => ports.directory.list({ userId, limit: PAGE, cursor });
  for await (const document of everyPage(page)) documents.push(document);
  return documents;
};

/** Waits until no queue holds a message and every document is ready or in error. */
export const atRest = (ports: Ports, userId: string, seconds = 90): Promise<void> =>
  until(
    'the pipeline to come to rest',
    async () => {
      for (const stage of STAGE_NAMES) {
        const { visible, inFlight, delayed } = await ports.queue.depth(stage);
        if (visible + inFlight + delayed > 0) return false;
      }
      return (await documentsOf(ports, userId)).every(({ status }) => status === 'ready' || status === 'error');
    },
    seconds,
  );

/** What must always hold once all is at rest: exactly the served chunks, once, and no file that nobody knows. */
export const assertWhole = async (ports: Ports, userId: string): Promise<void> => {
  const expected: string[] = [];
  for (const document of await documentsOf(ports, userId)) {
    assert.equal(document.status, 'ready', `${document.fileName}: ${document.processingStatus.errorMessage}`);
    assert.equal(document.servedGeneration, document.generation);
    assert.deepEqual(await chunkIdsOf(ports, document), chunkIdsWanted(document), document.fileName);
    assert.equal(await ports.progress.get(document), undefined, 'progress of a ready document is gone');
    expected.push(...blobsWanted(document));
  }
  const there = [...(await blobsUnder(ports, 'documents/')), ...(await blobsUnder(ports, 'processed/'))];
  assert.deepEqual(there, expected.sort());
};

const chunkIdsWanted = (document: Document): string[] =>
  Array.from({ length: document.chunkCount ?? 0 }, (_, chunk) => chunkIdOf(document, chunk)).sort();

const chunkIdsOf = async ({ index }: Ports, ref: DocumentRef): Promise<string[]> => {
  const found: string[] = [];
  for (
    let page = await index.chunkIds(ref);
    page.length > 0;
    page = await index.chunkIds(ref, undefined, page.at(-1))
  ) {
    found.push(...page);
  }
  return found;
};

const blobsWanted = (document: Document): string[] => [
  document.s3Key,
  textKey(document),
  ...Array.from({ length: document.chunkCount ?? 0 }, (_, chunk) => chunkKey(document, chunk)),
  metadataKey(document),
  embeddingsKey(document),
];

const blobsUnder = async ({ blobs }: Ports, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for (let page = await blobs.list(prefix); page.length > 0; page = await blobs.list(prefix, page.at(-1))) {
    keys.push(...page);
  }
  return keys;
};

/** Nothing is left of a document, in any generation. */
export const assertErased = async (ports: Ports, ref: DocumentRef): Promise<void> => {
  assert.deepEqual(await chunkIdsOf(ports, ref), []);
  for (const folder of documentFolders(ref)) assert.deepEqual(await blobsUnder(ports, folder), []);
  await assert.rejects(ports.documents.get(ref), { code: 'not_found' });
};

/** No unfinished file is left, once every process but the test's own has ended or been swept. */
export const unfinishedFiles = async (folder: string): Promise<string[]> => {
  const entries = await readdir(join(folder, 'tmp'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};
