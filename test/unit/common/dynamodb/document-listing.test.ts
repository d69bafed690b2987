import assert from 'node:assert/strict';
import { listingOf } from '../../../../common/adapters/aws/dynamodb/document-listing.ts';

const indexFor = (filters: object) => listingOf({ userId: 'ada', ...filters }).index;

describe('listingOf', () => {
  it('takes the index by name for a name, whatever else is asked', () => {
    assert.equal(indexFor({ fileName: 'a.md' }), 'UserFileNameIndex');
    assert.equal(indexFor({ fileName: 'a.md', status: 'ready', tag: 'x' }), 'UserFileNameIndex');
  });

  it('takes the index by status for a status alone', () => {
    assert.equal(indexFor({ status: 'error' }), 'UserStatusIndex');
    assert.equal(indexFor({ status: 'error', tag: 'x' }), 'UserUploadDateIndex');
  });

  it('has the service filter by type and tag', () => {
    const { filter, names, values } = listingOf({ userId: 'ada', fileType: 'text/html', tag: 'x' });
    assert.equal(filter, '#fileType = :1 AND contains(#metadata.#tags, :2)');
    assert.equal(names?.['#tags'], 'tags');
    assert.deepEqual(values, { ':0': 'ada', ':1': 'text/html', ':2': 'x' });
  });

  it('filters nothing where nothing is asked', () => {
    assert.equal(listingOf({ userId: 'ada' }).filter, undefined);
  });
});
