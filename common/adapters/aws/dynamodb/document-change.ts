import type { DocumentChange, DocumentRef } from '../../../domain/document.ts';
import { indexed, TOMBSTONE_DATE } from './document-item.ts';
import { type Expressions, placeholders, updateOf } from './expressions.ts';

/** What every change writes beside. */
interface Written {
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly writeId: string;
}

/**
 * A change as one update that is conditional on the generation and on no tombstone. Objects are set field by field,
 * which needs the object to be there: every record has all of them.
 */
export const changeOf = (ref: DocumentRef, change: DocumentChange, written: Written): Expressions => {
  const { path, value, names, values } = placeholders();
  const { uploadDate, ...rest } = change;
  const isTombstone = change.deletedAt !== undefined;
  const sets: string[] = [];
  const removes = isTombstone ? [path('uploadDate')] : [];
  for (const [attributes, wanted] of fieldsOf({ ...rest, ...indexed(ref, rest), ...written })) {
    if (wanted === undefined) removes.push(path(...attributes));
    else sets.push(`${path(...attributes)} = ${value(wanted)}`);
  }
  if (isTombstone || uploadDate !== undefined) {
    const date = uploadDate === undefined ? path('uploadDate') : value(uploadDate);
    sets.push(`${path(isTombstone ? TOMBSTONE_DATE : 'uploadDate')} = ${date}`);
  }
  const condition = `${path('generation')} = ${value(ref.generation)} AND attribute_not_exists(${path('deletedAt')})`;
  return { update: updateOf(sets, removes), condition, names, values };
};

type Field = readonly [attributes: readonly string[], value: unknown];

/** One level deep: an object's fields one by one, all else as it is. */
const fieldsOf = (change: object): Field[] =>
  Object.entries(change).flatMap(([name, value]): Field[] =>
    isPlainObject(value) ? Object.entries(value).map(([inner, given]) => [[name, inner], given]) : [[[name], value]],
  );

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
