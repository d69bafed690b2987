import type { SQLInputValue } from 'node:sqlite';
import type { Hit } from '../../../domain/search.ts';
import type { Connection } from './connection.ts';
import { type Ask, depthOf, hitsOf, ownerOf, type Ranked } from './hits.ts';
import { chunksOfOwner, documentsOfOwner, SQL_CHUNKS_OF } from './ids.ts';
import { unchanging } from './transaction.ts';
import { allOf, type Condition, conditionsOf, IN_LIST, listOf } from './visible.ts';

const NEAREST = 'ORDER BY distance LIMIT ?';

const OWN = `SELECT id, vec_distance_L2(embedding, ?) AS distance FROM vector WHERE id BETWEEN ? AND ? ${NEAREST}`;

const OF_DOCUMENTS = (condition: string): string => `
  SELECT vector.id AS id, vec_distance_L2(embedding, ?) AS distance
  FROM document d CROSS JOIN vector ON vector.id BETWEEN ${SQL_CHUNKS_OF('d.id')}
  WHERE ${condition} ${NEAREST}`;

const OTHERS = `
  d.id IN (
    SELECT id FROM document WHERE isPublic = 1 UNION ALL SELECT id FROM document WHERE documentId ${IN_LIST}
  ) AND d.userId <> ?`;

/**
 * The nearest of all that is visible: distances to every vector are computed, and no other vector is looked at.
 * Vectors have length 1, so their distance d says the cosine: 1 - d * d / 2.
 */
export const semanticRanking = (connection: Connection, ask: Ask & { vector: Float32Array }): Hit[] =>
  unchanging(connection.db, () => {
    const { visibleTo, filters, vector } = ask;
    const query = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
    const rank = (sql: string, values: readonly SQLInputValue[]): Ranked[] =>
      connection
        .prepared(sql)
        .all(query, ...values, depthOf(ask))
        .map((row) => ({ id: row['id'] as bigint, relevance: 1 - (row['distance'] as number) ** 2 / 2 }));
    const rankDocuments = (...conditions: readonly Condition[]): Ranked[] => {
      const { sql, values } = allOf(...conditions);
      return rank(OF_DOCUMENTS(sql), values);
    };

    const conditions = conditionsOf(filters);
    const rankOwn = (owner: bigint): Ranked[] =>
      conditions.length === 0
        ? rank(OWN, chunksOfOwner(owner))
        : rankDocuments({ sql: 'd.id BETWEEN ? AND ?', values: documentsOfOwner(owner) }, ...conditions);
    const owner = ownerOf(connection, visibleTo);
    const own = owner === undefined ? [] : rankOwn(owner);
    const others = { sql: OTHERS, values: [listOf(visibleTo.sharedDocumentIds), visibleTo.userId] };
    return hitsOf(connection, [own, rankDocuments(others, ...conditions)], ask);
  });
