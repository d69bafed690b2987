import type { Ports } from '../../common/ports/ports.ts';

const nothing = async (): Promise<void> => undefined;
const none = async (): Promise<number> => 0;

type Changing =
  | 'blobs'
  | 'documents'
  | 'index'
  | 'metrics'
  | 'pending'
  | 'pointers'
  | 'progress'
  | 'queue'
  | 'receipts';

/** Ports that read as ever, and through which nothing can be changed: each write does nothing and succeeds. */
export const readOnly = (ports: Ports): Pick<Ports, Changing | 'directory' | 'embedder' | 'people' | 'uploads'> => ({
  blobs: { ...ports.blobs, put: none, deleteAll: none },
  directory: ports.directory,
  documents: {
    get: (key) => ports.documents.get(key),
    create: nothing,
    nextGeneration: async (key) => (await ports.documents.get(key)).latestGeneration + 1,
    change: (ref) => ports.documents.get(ref),
    remove: nothing,
  },
  embedder: ports.embedder,
  index: { ...ports.index, put: nothing, describe: nothing, delete: none },
  metrics: { put: nothing },
  pending: { ...ports.pending, create: nothing, remove: nothing },
  people: ports.people,
  pointers: { ...ports.pointers, put: nothing, remove: nothing },
  progress: {
    get: (ref) => ports.progress.get(ref),
    begin: async (_, plan) => ({ ...plan, embedded: 0, indexed: 0, startedAt: '', updatedAt: '' }),
    mark: async () => ({ batchCount: 0, chunkCount: 0, embedded: 0, indexed: 0, startedAt: '', updatedAt: '' }),
    remove: nothing,
  },
  queue: { ...ports.queue, send: nothing },
  receipts: { ...ports.receipts, put: nothing },
  uploads: { ...ports.uploads, complete: nothing, abort: nothing },
});
