import assert from 'node:assert/strict';
import { extensionOf, formatOf, isSource } from '../../../../common/domain/format.ts';

describe('formatOf', () => {
  it('goes by the end of the name, in any case', () => {
    assert.deepEqual(formatOf('Report.PDF'), { extension: 'pdf', mediaType: 'application/pdf' });
    assert.equal(formatOf('notes.markdown').extension, 'md');
    assert.equal(formatOf('archive/2024/index.htm').mediaType, 'text/html');
  });

  it('takes source code, and what it does not know, for plain text', () => {
    for (const name of ['main.rs', 'Dockerfile', 'README', 'data.unknown', '']) {
      assert.deepEqual(formatOf(name), { extension: 'txt', mediaType: 'text/plain' });
    }
  });
});

describe('extensionOf', () => {
  it('is the whole name where there is no dot', () => {
    assert.deepEqual(['src\\Makefile', '.gitignore', 'a.tar.gz'].map(extensionOf), ['makefile', 'gitignore', 'gz']);
  });
});

describe('isSource', () => {
  it('tells programs from prose', () => {
    assert.deepEqual(['a.ts', 'Makefile', 'notes.txt', 'a.md', 'LICENSE'].map(isSource), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
