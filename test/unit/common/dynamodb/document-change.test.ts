import assert from 'node:assert/strict';
import { changeOf } from '../../../../common/adapters/aws/dynamodb/document-change.ts';
import type { DocumentChange } from '../../../../common/domain/document.ts';

const REF = { userId: 'ada', documentId: 'd1', generation: 2 };
const WRITTEN = { updatedAt: '2026-01-31T12:00:00.000Z', writeId: 'w' };
const AT = '2026-02-01T00:00:00.000Z';

/** The update with its placeholders replaced by what they stand for. */
const read = (change: DocumentChange) => {
  const { update = '', condition = '', names = {}, values = {} } = changeOf(REF, change, WRITTEN);
  const said = (text: string) =>
    text
      .replaceAll(/#\w+/g, (name) => names[name] ?? '?')
      .replaceAll(/:\w+/g, (value) => JSON.stringify(values[value]));
  return { update: said(update), condition: said(condition) };
};

describe('changeOf', () => {
  it('asks for the generation, and for no tombstone', () => {
    assert.equal(read({ status: 'ready' }).condition, 'generation = 2 AND attribute_not_exists(deletedAt)');
  });

  it('sets objects field by field, and lists whole', () => {
    const { update } = read({ metadata: { title: '', tags: [] }, chunkCount: 0 });
    assert.equal(
      update,
      `SET metadata.title = "", metadata.tags = [], chunkCount = 0, updatedAt = "${WRITTEN.updatedAt}", writeId = "w"`,
    );
  });

  it('removes what is undefined, at the top and one level down', () => {
    const { update } = read({ servedGeneration: undefined, metadata: { title: undefined } });
    assert.match(update, / REMOVE servedGeneration, metadata\.title$/);
  });

  it('keeps what indexes read in step with status, type and name', () => {
    const { update } = read({ status: 'ready', fileType: 'text/html', fileName: 'a.html' });
    assert.match(update, /statusShard = "ready#[0-7]", ownStatus = "ada\\nready"/);
    assert.match(update, /fileTypeShard = "text\/html#[0-7]"/);
    assert.match(update, /ownFileName = "ada\\na\.html"/);
  });

  it('takes a tombstone out of the indexes by its upload date, which it keeps elsewhere', () => {
    const { update } = read({ deletedAt: AT });
    assert.match(update, /tombstoneUploadDate = uploadDate REMOVE uploadDate$/);
    const moved = read({ deletedAt: AT, uploadDate: AT });
    assert.match(moved.update, new RegExp(`tombstoneUploadDate = "${AT}" REMOVE uploadDate$`));
  });

  it('moves the upload date of a living document', () => {
    assert.match(read({ uploadDate: AT }).update, new RegExp(`uploadDate = "${AT}"$`));
  });
});
