import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileNameOf } from '../../../../common/domain/file-name.ts';

describe('fileNameOf', () => {
  for (const [given, kept] of Object.entries({
    'src/index.ts': 'src/index.ts',
    'src\\index.ts': 'src/index.ts',
    'C:\\Users\\ada\\a.txt': 'Users/ada/a.txt',
    '\\\\server\\share\\a.txt': 'server/share/a.txt',
    '..\\..\\a.txt': 'a.txt',
    ' a.txt ': 'a.txt',
    'nai\u0308ve.txt': 'na\u00efve.txt',
    'a\r\nb\0c.txt': 'abc.txt',
    '.gitignore': '.gitignore',
    '...': '...',
  })) {
    it(`takes ${JSON.stringify(given)} for ${kept}`, () => assert.equal(fileNameOf(given), kept));
  }

  for (const given of ['', '/', '..', './.', '\0', 'C:\\']) {
    it(`refuses ${JSON.stringify(given)}`, () => assert.throws(() => fileNameOf(given), { code: 'invalid' }));
  }

  it('takes 1,024 bytes and no more', () => {
    assert.equal(fileNameOf('ü'.repeat(512)).length, 512);
    assert.throws(() => fileNameOf('ü'.repeat(513)), { code: 'invalid' });
  });

  it('never leaves a folder, and changes nothing the second time', () => {
    const segment = fc.oneof(fc.constantFrom('..', '.', '', 'C:', '\\..', '\0', '%22'), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        const given = `a/${segments.join('/')}`;
        const kept = fileNameOf(given);
        assert.ok(!kept.startsWith('/') && !kept.split('/').includes('..'));
        assert.equal(fileNameOf(kept), kept);
      }),
    );
  });
});
