import assert from 'node:assert/strict';
import { bytes, counted, duration, when } from '../../../../../api/cli/terminal/figures.ts';

describe('figures for people', () => {
  it('tell sizes in decimal units', () => {
    assert.deepEqual([0, 999, 1_000, 1_234_567, 99_960, 999_600, 1_073_741_824].map(bytes), [
      '0 B',
      '999 B',
      '1.0 KB',
      '1.2 MB',
      '100 KB',
      '1.0 MB',
      '1.1 GB',
    ]);
  });

  it('tell one from many', () => {
    assert.deepEqual(
      [counted(1, 'document'), counted(2, 'document'), counted(12_000, 'copy', 'copies')],
      ['1 document', '2 documents', '12,000 copies'],
    );
  });

  it('tell durations', () => {
    assert.deepEqual([0.2, 59.4, 59.6, 185].map(duration), ['0 s', '59 s', '1 min 0 s', '3 min 5 s']);
  });

  it('tell times of this machine, and leave alone what is none', () => {
    assert.match(when('2026-11-22T16:03:59.000Z'), /^2026-11-2[123] \d\d:\d3$/);
    assert.equal(when('never'), 'never');
  });
});
