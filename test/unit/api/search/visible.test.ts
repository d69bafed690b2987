import assert from 'node:assert/strict';
import { isShown, visibleTo } from '../../../../api/search/visible.ts';
import type { DocumentState } from '../../../../common/domain/document.ts';
import type { Filters } from '../../../../common/domain/search.ts';

const record = (changes: Partial<DocumentState> = {}): DocumentState => ({
  userId: 'ada',
  documentId: 'manual',
  fileName: 'manual.md',
  fileType: 'text/markdown',
  uploadDate: '2026-03-01T12:00:00.000Z',
  tags: ['howto'],
  servedGeneration: 2,
  isPublic: false,
  sharedWith: [],
  ...changes,
});

const isShownTo = (userId: string, document: DocumentState | undefined, filters: Filters = {}): boolean =>
  isShown({ generation: 2 }, document, { caller: { userId }, filters });

describe('what a search shows', () => {
  it('is the caller’s own', () => {
    assert.ok(isShownTo('ada', record()));
    assert.ok(!isShownTo('bob', record()));
  });

  it('is what is shared with the caller, and what is public', () => {
    assert.ok(isShownTo('bob', record({ sharedWith: ['eve', 'bob'] })));
    assert.ok(isShownTo('bob', record({ isPublic: true })));
  });

  it('is of the served generation alone', () => {
    assert.ok(!isShownTo('ada', record({ servedGeneration: 1 })));
    assert.ok(!isShownTo('ada', record({ servedGeneration: 3 })));
  });

  it('is not deleted', () => {
    assert.ok(!isShownTo('ada', record({ deletedAt: '2026-04-01T00:00:00.000Z' })));
    assert.ok(!isShownTo('ada', undefined));
  });

  it('is what was asked for, as the record has it now', () => {
    assert.ok(
      isShownTo('ada', record(), { documentIds: ['manual'], tags: ['x', 'howto'], fileTypes: ['text/markdown'] }),
    );
    assert.ok(!isShownTo('ada', record(), { documentIds: ['other'] }));
    assert.ok(!isShownTo('ada', record(), { tags: ['x'] }));
    assert.ok(!isShownTo('ada', record(), { fileTypes: ['application/pdf'] }));
  });

  it('was uploaded from the first moment on, and before the last', () => {
    const noon = '2026-03-01T12:00:00Z'; // the record has milliseconds
    assert.ok(isShownTo('ada', record(), { uploadedFrom: noon }));
    assert.ok(!isShownTo('ada', record(), { uploadedTo: noon }));
    assert.ok(isShownTo('ada', record(), { uploadedTo: '2026-03-01T14:00:00+01:00' }));
  });

  it('names the caller to the index', () => {
    assert.deepEqual(visibleTo({ userId: 'ada' }), { userId: 'ada', sharedDocumentIds: [] });
  });
});
