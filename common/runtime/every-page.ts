import type { Page } from '../ports/document-directory.ts';

/** The items of all pages, one page held at a time. */
export async function* everyPage<Item>(page: (cursor?: string) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    yield* items;
    cursor = nextCursor;
  } while (cursor !== undefined);
}
