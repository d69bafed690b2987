import assert from 'node:assert/strict';
import { errorOf } from '../../../../common/adapters/embedded/sqlite-errors.ts';
import { putChunks } from '../../../../common/adapters/embedded/sqlite-search/chunks.ts';
import { openConnection } from '../../../../common/adapters/embedded/sqlite-search/connection.ts';
import { keywordRanking } from '../../../../common/adapters/embedded/sqlite-search/keyword.ts';
import { immediately } from '../../../../common/adapters/embedded/sqlite-search/transaction.ts';
import { codeOf } from '../../../../common/domain/errors.ts';
import { askOf, bareChunk, batchOf, temporaryIndex } from './indexed.ts';

describe('writing to a search index', () => {
  it('gives up when another one does not let go of the file', async () => {
    await using place = await temporaryIndex();
    using holder = openConnection(place, 'write');
    using waiting = openConnection(place, 'write');
    immediately(holder.db, () => {
      assert.throws(
        () => immediately(waiting.db, () => {}, 30),
        (error) => codeOf(error) === 'unavailable',
      );
    });
    immediately(waiting.db, () => {}, 30);
  });

  it('undoes all of a batch that fails half way', async () => {
    await using place = await temporaryIndex();
    using connection = openConnection(place, 'write');
    const broken = bareChunk('the valve', { uploadDate: 'yesterday' });
    assert.throws(
      () => putChunks(connection, batchOf(bareChunk('the pump'), broken)),
      (error) => codeOf(error) === 'invalid',
    );
    assert.deepEqual(keywordRanking(connection, { ...askOf('alice'), text: 'pump' }), []);
    assert.equal(connection.db.isTransaction, false);
  });

  it('says that the disk is full, and goes on when there is room', async () => {
    await using place = await temporaryIndex();
    using connection = openConnection(place, 'write');
    const fill = () => {
      for (let number = 0; number < 1_000; number++) putChunks(connection, batchOf(bareChunk(`pump ${number}`)));
    };
    const pages = connection.db.prepare('PRAGMA page_count').get()?.['page_count'];
    connection.db.exec(`PRAGMA max_page_count = ${Number(pages) + 4}`);
    assert.throws(fill, (error) => codeOf(errorOf(error)) === 'storage_full');
    connection.db.exec('PRAGMA max_page_count = 100000');
    putChunks(connection, batchOf(bareChunk('the valve')));
    assert.equal(keywordRanking(connection, { ...askOf('alice'), text: 'valve' }).length, 1);
  });
});
