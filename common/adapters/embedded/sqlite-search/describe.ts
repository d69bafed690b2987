import type { IndexedChunk } from '../../../domain/chunk.ts';
import type { DocumentKey } from '../../../domain/document.ts';
import type { Connection } from './connection.ts';
import { type DocumentRow, documentRow, documentRows, removeTags } from './documents.ts';
import { chunksOfDocument } from './ids.ts';
import { immediately } from './transaction.ts';
import { listOf } from './visible.ts';
import { putPublicWords, removePublicWords, type Wording, wordlistsOf } from './words.ts';

/** A document whose public words have yet to follow a change of isPublic. */
export interface Unsettled {
  readonly id: bigint;
  readonly flips: bigint;
}

type Description = Pick<IndexedChunk, 'tags' | 'isPublic'>;

const SAME = 'SELECT 1 FROM document WHERE id = ? AND tags = ? AND isPublic = ?';
const DESCRIBE = 'UPDATE document SET tags = ?1, isPublic = ?2, flips = flips + (isPublic <> ?2) WHERE id = ?3';
const ADD_TAGS = 'INSERT INTO tag (document, tag) SELECT DISTINCT ?1, value FROM json_each(?2)';

/** Sets what filters read of one generation. */
export const describeRow = (connection: Connection, id: bigint, { tags, isPublic }: Description): void => {
  const { prepared } = connection;
  const [list, flag] = [listOf(tags), Number(isPublic)];
  if (prepared(SAME).get(id, list, flag) !== undefined) return;
  removeTags(connection, id);
  prepared(DESCRIBE).run(list, flag, id);
  prepared(ADD_TAGS).run(id, list);
};

/** Sets what filters read of all generations. Returns those that are to be settled. */
export const describeDocument = (
  connection: Connection,
  { document, change }: { document: DocumentKey; change: Description },
): Unsettled[] =>
  immediately(connection.db, () => {
    for (const { id } of documentRows(connection, document)) describeRow(connection, id, change);
    return documentRows(connection, document).filter(isUnsettled);
  });

export const isUnsettled = ({ flips, settledFlips }: DocumentRow): boolean => flips !== settledFlips;

const CHUNKS_PER_STEP = 100;
const NEXT_CHUNKS = 'SELECT id, content, section FROM chunk WHERE id > ? AND id <= ? ORDER BY id LIMIT ?';

/**
 * Adds or removes the public words of some chunks. Returns where to go on, or undefined when all is done or another
 * change has come since: who made that one settles it.
 */
export const settle = (
  connection: Connection,
  { id, flips, after }: Unsettled & { after?: bigint | undefined },
): bigint | undefined =>
  immediately(connection.db, () => {
    const row = documentRow(connection, id);
    if (row === undefined || row.flips !== flips || !isUnsettled(row)) return undefined;
    const [first, last] = chunksOfDocument(id);
    const chunks = connection.prepared(NEXT_CHUNKS).all(after ?? first - 1n, last, CHUNKS_PER_STEP);
    for (const chunk of chunks as unknown as (Wording & { id: bigint })[]) {
      if (row.isPublic === 1n) putPublicWords(connection, chunk.id, wordlistsOf({ ...chunk, fileName: row.fileName }));
      else removePublicWords(connection, chunk.id);
    }
    if (chunks.length === CHUNKS_PER_STEP) return chunks.at(-1)?.['id'] as bigint;
    connection.prepared('UPDATE document SET settledFlips = flips WHERE id = ?').run(id);
    return undefined;
  });
