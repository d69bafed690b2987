import { openSqliteSearch } from '../../../../common/adapters/embedded/sqlite-search/sqlite-search.ts';
import { bareChunk } from './indexed.ts';

/** A process that puts one document after the other, and prints the name of each one that is in. */
const [file = '', name = '', count = '0'] = process.argv.slice(2);
await using index = await openSqliteSearch({ file, model: 'a model', dimension: 4 });
for (let number = 0; number < Number(count); number++) {
  await index.put([{ ...bareChunk(`${name} ${number}`), vector: new Float32Array([1, 0, 0, 0]) }]);
  console.log(`${name} ${number}`);
}
