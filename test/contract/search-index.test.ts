import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteSearch } from '../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { searchIndexContract } from './search-index.contract.ts';
import type { IndexPlace } from './search-index.place.ts';

const inFile = async (): Promise<IndexPlace> => {
  const folder = await mkdtemp(join(tmpdir(), 'search-index-'));
  return {
    open: (settings) => openSqliteSearch({ file: join(folder, 'search.db'), ...settings }),
    settled: async () => {},
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
};

searchIndexContract('sqlite', inFile);
