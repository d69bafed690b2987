import assert from 'node:assert/strict';
import { type Column, table } from '../../../../../api/cli/terminal/table.ts';

interface Row {
  readonly name: string;
  readonly size: number;
}
const columns: readonly Column<Row>[] = [
  { title: 'NAME', cell: ({ name }) => name, shrinksTo: 8 },
  { title: 'SIZE', cell: ({ size }) => String(size), align: 'right' },
];

describe('a table', () => {
  it('aligns its columns under their titles', () => {
    const rows = [
      { name: 'a.md', size: 5 },
      { name: '日本.md', size: 12345 },
    ];
    assert.deepEqual(table(columns, rows, 80), ['NAME      SIZE', 'a.md         5', '日本.md  12345']);
  });

  it('cuts names at their start where the terminal is too narrow', () => {
    const rows = [{ name: 'documentation/guide.md', size: 5 }];
    assert.deepEqual(table(columns, rows, 16), ['NAME        SIZE', '…/guide.md     5']);
  });

  it('shows titles without rows', () => {
    assert.deepEqual(table(columns, [], 80), ['NAME  SIZE']);
  });
});
