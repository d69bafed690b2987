import { describingContract } from './search-index.describing.ts';
import { filteringContract } from './search-index.filters.ts';
import type { IndexPlace } from './search-index.place.ts';
import { rankingContract } from './search-index.ranking.ts';
import { visibilityContract } from './search-index.visibility.ts';
import { wordsContract } from './search-index.words.ts';
import { writingContract } from './search-index.writing.ts';

/** What every SearchIndex promises; `start` gives an empty place. */
export const searchIndexContract = (adapter: string, start: () => Promise<IndexPlace>) =>
  describe(`SearchIndex: ${adapter}`, () => {
    visibilityContract(start);
    filteringContract(start);
    rankingContract(start);
    wordsContract(start);
    writingContract(start);
    describingContract(start);
  });
