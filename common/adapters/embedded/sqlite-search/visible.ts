import type { SQLInputValue } from 'node:sqlite';
import { AppError } from '../../../domain/errors.ts';
import type { Filters } from '../../../domain/search.ts';

/** A part of a statement, with the values of its question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** A list as one value: statements then differ by shape alone. */
export const listOf = (values: readonly (string | bigint)[]): string =>
  `[${values.map((value) => (typeof value === 'bigint' ? value : JSON.stringify(value))).join()}]`;

export const IN_LIST = 'IN (SELECT value FROM json_each(?))';

export const allOf = (...conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
});

/** @param time ISO 8601. Returns ms since 1970. Throws `invalid`. */
export const timeOf = (time: string): number => {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw new AppError('invalid', `"${time}" is not a time: write it as 2026-01-31T12:00:00.000Z.`);
  return ms;
};

const HAS_TAG = `EXISTS (SELECT 1 FROM tag WHERE document = d.id AND tag ${IN_LIST})`;

/** What filters ask of a document `d`; none where there are no filters. */
export const conditionsOf = (filters: Filters): readonly Condition[] => {
  const { documentIds, tags, fileTypes, uploadedFrom, uploadedTo } = filters;
  const conditions: Condition[] = [];
  if (documentIds !== undefined) conditions.push({ sql: `d.documentId ${IN_LIST}`, values: [listOf(documentIds)] });
  if (tags !== undefined) conditions.push({ sql: HAS_TAG, values: [listOf(tags)] });
  if (fileTypes !== undefined) conditions.push({ sql: `d.fileType ${IN_LIST}`, values: [listOf(fileTypes)] });
  if (uploadedFrom !== undefined) conditions.push({ sql: 'd.uploadedAt >= ?', values: [timeOf(uploadedFrom)] });
  if (uploadedTo !== undefined) conditions.push({ sql: 'd.uploadedAt < ?', values: [timeOf(uploadedTo)] });
  return conditions;
};
