import assert from 'node:assert/strict';
import { judgeFile } from '../../../../../api/cli/add/suitable.ts';

const judge = (name: string, bytes: string | readonly number[]): string => {
  const head = typeof bytes === 'string' ? Buffer.from(bytes) : Uint8Array.from(bytes);
  try {
    judgeFile(name, { size: head.length, head });
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('a file', () => {
  it('is taken when it is text, whatever it is called', () => {
    assert.deepEqual(
      [judge('a.md', '# A'), judge('Makefile', 'all:'), judge('a.unknown', 'grüße')],
      Array(3).fill('taken'),
    );
  });

  it('is not taken when it is empty', () => {
    assert.equal(judge('a.md', ''), 'empty');
  });

  it('is not taken when it is binary', () => {
    assert.deepEqual(
      [judge('a.png', [0x89, 0x50, 0]), judge('a.txt', [0x61, 0]), judge('a', [0, 1])],
      Array(3).fill('binary, of no kind that can be read'),
    );
  });

  it('is taken with NULs in it where its format has them', () => {
    assert.deepEqual([judge('a.PDF', [0x25, 0]), judge('docs/a.docx', [0x50, 0])], Array(2).fill('taken'));
  });

  it('is taken in UTF-16', () => {
    assert.deepEqual(
      [judge('a.csv', [0xff, 0xfe, 0x61, 0]), judge('a.txt', [0xfe, 0xff, 0, 0x61])],
      Array(2).fill('taken'),
    );
  });
});
