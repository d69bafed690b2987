import { AppError } from '../../../domain/errors.ts';
import type { IndexQuery } from '../../../ports/search-index.ts';

/** What a ranking may find: visible, let through by the filters, and not turned down before. */
export const filterOf = ({
  visibleTo,
  filters,
  without = [],
}: Pick<IndexQuery, 'visibleTo' | 'filters' | 'without'>): object => {
  const { userId, sharedDocumentIds } = visibleTo;
  const { documentIds, tags, fileTypes, uploadedFrom, uploadedTo } = filters;
  const visible = [{ term: { userId } }, { term: { isPublic: true } }, { terms: { documentId: sharedDocumentIds } }];
  return {
    bool: {
      filter: [
        { bool: { should: visible, minimum_should_match: 1 } },
        ...anyOf('documentId', documentIds),
        ...anyOf('metadata.tags', tags),
        ...anyOf('metadata.fileType', fileTypes),
        ...within('gte', uploadedFrom),
        ...within('lt', uploadedTo),
      ],
      must_not: anyOf('chunkId', without.length > 0 ? without : undefined),
    },
  };
};

const anyOf = (field: string, values: readonly string[] | undefined): object[] =>
  values === undefined ? [] : [{ terms: { [field]: values } }];

const within = (bound: 'gte' | 'lt', time: string | undefined): object[] =>
  time === undefined ? [] : [{ range: { uploadDate: { [bound]: momentOf(time) } } }];

const momentOf = (time: string): string => {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw new AppError('invalid', `"${time}" is not a time: write it as 2026-01-31T12:00:00.000Z.`);
  return new Date(ms).toISOString();
};
