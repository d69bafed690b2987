import type { Document } from '../../common/domain/document.ts';
import type { DocumentDirectory, ListQuery, Page } from '../../common/ports/document-directory.ts';
import type { DocumentStore } from '../../common/ports/document-store.ts';
import { everyPage } from '../../common/runtime/every-page.ts';
import { aDocument } from '../support/documents.ts';

export interface DirectoryParts {
  readonly documents: DocumentStore;
  readonly directory: DocumentDirectory;
}

export const LATER = '2027-01-01T00:00:00.000Z';
export const atMinute = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export const created = async (documents: DocumentStore, changes: Partial<Document> = {}): Promise<Document> => {
  const document = aDocument(changes);
  await documents.create(document);
  return document;
};

export const pagesOf = async <Item>(page: (cursor?: string) => Promise<Page<Item>>): Promise<Item[][]> => {
  const pages: Item[][] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor }: Page<Item> = await page(cursor);
    pages.push(items);
    cursor = nextCursor;
  } while (cursor !== undefined);
  return pages;
};

export const namesOf = async (directory: DocumentDirectory, query: Partial<ListQuery> = {}): Promise<string[]> => {
  const names: string[] = [];
  const page = (cursor?: string) => directory.list({ userId: 'ada', limit: 3, ...query, cursor });
  for await (const { fileName } of everyPage(page)) names.push(fileName);
  return names;
};
