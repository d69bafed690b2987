import assert from 'node:assert/strict';
import { putChunks } from '../../../../common/adapters/embedded/sqlite-search/chunks.ts';
import { openConnection } from '../../../../common/adapters/embedded/sqlite-search/connection.ts';
import { keywordRanking, rarest } from '../../../../common/adapters/embedded/sqlite-search/keyword.ts';
import { askOf, bareChunk, batchOf, temporaryIndex } from './indexed.ts';

const term = (name: string, count: number) => ({ name, count });

describe('keyword ranking', () => {
  it('leaves the commonest terms out where there are too many matches', () => {
    const terms = [term('use', 900), term('pump', 10), term('turbine', 2), term('file', 80)];
    assert.deepEqual(
      rarest(terms, 100).map(({ name }) => name),
      ['turbine', 'pump', 'file'],
    );
  });

  it('keeps one term, however common, and none that does not occur', () => {
    assert.deepEqual(rarest([term('use', 900), term('absent', 0), term('file', 950)], 100), [term('use', 900)]);
  });

  it("knows from the user's own chunks alone what is rare", async () => {
    await using place = await temporaryIndex();
    using connection = openConnection(place, 'write');
    const ofAlice = [
      bareChunk('a pump in the hall'),
      bareChunk('a hall'),
      bareChunk('some hall'),
      bareChunk('one more hall'),
      bareChunk('a turbine, and no p'),
    ];
    const ofBob = Array.from({ length: 95 }, (_, number) => bareChunk(`a turbine ${number}`, { userId: 'bob' }));
    putChunks(connection, batchOf(...ofAlice, ...ofBob));
    const [first] = keywordRanking(connection, { ...askOf('alice'), text: 'hall turbine' });
    assert.equal(first?.content, 'a turbine, and no p');
  });
});
