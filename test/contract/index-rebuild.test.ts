import { join } from 'node:path';
import { inPlaceRebuild } from '../../common/adapters/embedded/sqlite-search/in-place.ts';
import { openSqliteSearch } from '../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { indexRebuildContract, type RebuiltPlace } from './index-rebuild.contract.ts';

const inFile = async (): Promise<RebuiltPlace> => {
  const { path, [Symbol.asyncDispose]: remove } = await temporaryFolder();
  const file = join(path, 'search.db');
  return {
    async open(settings) {
      const index = await openSqliteSearch({ file, ...settings });
      return { ...index, rebuild: inPlaceRebuild(index, file) };
    },
    settled: async () => undefined,
    [Symbol.asyncDispose]: remove,
  };
};

indexRebuildContract('sqlite', inFile);
