import type { Document } from '../../common/domain/document.ts';
import { codeOf } from '../../common/domain/errors.ts';
import type { Ports } from '../../common/ports/ports.ts';
import type { SearchIndex } from '../../common/ports/search-index.ts';
import { findDocument } from '../current.ts';
import { describedBy } from '../index/describe.ts';
import { restoreDocument } from './restore-document.ts';
import { type Place, walkDocuments } from './walk.ts';

export type RestoreNeeds = Pick<Ports, 'blobs' | 'directory' | 'documents' | 'embedder'>;

export interface Counts {
  readonly documents: number;
  readonly chunks: number;
  /** Copies, in later passes, of documents that changed or came meanwhile. */
  readonly again: number;
  /** Embedded by another model than today's: reprocess them. */
  readonly ofAnotherModel: number;
  /** Ids of those that lack a blob: reprocess them, or upload them again. At most 1,000. */
  readonly damaged: readonly string[];
}

export const NOTHING: Counts = { documents: 0, chunks: 0, again: 0, ofAnotherModel: 0, damaged: [] };

interface Pass {
  readonly startedAt: string;
  readonly since: string;
  readonly from?: Place | undefined;
  readonly counts: Counts;
}

type Target = RestoreNeeds & { readonly index: Pick<SearchIndex, 'put' | 'describe' | 'delete'> };

const DAMAGED_MOST = 1_000;

/** One walk over the records; after each page, what has been done and where it goes on. */
export async function* pass({ startedAt, since, from, counts }: Pass, ports: Target) {
  let sum = counts;
  for await (const { documents, next } of walkDocuments(ports.directory, { before: startedAt, from })) {
    for (const document of documents) {
      if (document.updatedAt < since) continue;
      const { documents: again = 0, damaged = [], ...more } = await copy(document, ports);
      sum = added(sum, since === '' ? { ...more, documents: again, damaged } : { again, damaged });
    }
    yield { from: next, counts: sum };
  }
}

/** What a pass over all would do, as far as records tell. */
export const foreseen = async ({ directory, embedder }: Pick<Ports, 'directory' | 'embedder'>): Promise<Counts> => {
  let sum = NOTHING;
  for await (const { documents } of walkDocuments(directory, { before: new Date().toISOString() })) {
    for (const document of documents) {
      if (document.servedGeneration === undefined) continue;
      const isSame = document.embeddingModel === embedder.model;
      sum = added(sum, isSame ? { documents: 1, chunks: document.chunkCount ?? 0 } : { ofAnotherModel: 1 });
    }
  }
  return sum;
};

const added = (sum: Counts, more: Partial<Counts>): Counts => ({
  documents: sum.documents + (more.documents ?? 0),
  chunks: sum.chunks + (more.chunks ?? 0),
  again: sum.again + (more.again ?? 0),
  ofAnotherModel: sum.ofAnotherModel + (more.ofAnotherModel ?? 0),
  damaged: [...new Set([...sum.damaged, ...(more.damaged ?? [])])].slice(0, DAMAGED_MOST),
});

/** Copies what a document serves, whatever is being made of it meanwhile. */
const copy = async (document: Document, ports: Target): Promise<Partial<Counts>> => {
  const { servedGeneration, embeddingModel } = document;
  if (servedGeneration === undefined) return {};
  if (embeddingModel !== ports.embedder.model) return { ofAnotherModel: 1 };
  const served = { ...document, generation: servedGeneration };
  const counts = await restored(served, ports);
  const after = await findDocument(ports, document);
  if (after?.servedGeneration !== servedGeneration || after.deletedAt !== undefined) {
    await ports.index.delete(served, servedGeneration); // it was overtaken while it was copied
    return {};
  }
  if (after.accessVersion !== document.accessVersion) await ports.index.describe(document, describedBy(after));
  return counts;
};

const restored = async (served: Document, ports: Target): Promise<Partial<Counts>> => {
  try {
    return { documents: 1, chunks: await restoreDocument(served, ports) };
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error;
    return { damaged: [served.documentId] };
  }
};
