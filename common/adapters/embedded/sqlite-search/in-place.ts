import { stat } from 'node:fs/promises';
import type { IndexRebuild } from '../../../ports/index-rebuild.ts';
import type { SearchIndex } from '../../../ports/search-index.ts';

/**
 * Fills the index where it is: each put replaces what is there in one transaction, so a search never finds less than
 * before. A file that was deleted and made again is another index.
 */
export const inPlaceRebuild = (index: SearchIndex, file: string): IndexRebuild => ({
  async begin() {
    const { ino, birthtimeMs } = await stat(file);
    return {
      name: `${ino}-${birthtimeMs}`,
      put: (chunks) => index.put(chunks),
      describe: (document, change) => index.describe(document, change),
      delete: (document, generation) => index.delete(document, generation),
      isOther: false,
      publish: async () => undefined,
    };
  },
});
