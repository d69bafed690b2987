import assert from 'node:assert/strict';
import { type FileOutcome, summing } from '../../../../../api/cli/add/outcome.ts';
import { printAddSummary } from '../../../../../api/cli/add/report.ts';
import { keptOutput } from '../support/output.ts';

const reported = (outcomes: readonly FileOutcome[], columns = 80): string => {
  const { out, text } = keptOutput({ columns });
  const sum = summing();
  for (const outcome of outcomes) sum.take(outcome);
  sum.ignore();
  printAddSummary(out, sum.summary());
  return text();
};

describe('the report of an add', () => {
  it('sums up, and names what was not taken, with the reason', () => {
    const text = reported([
      { fileName: 'a.md', outcome: 'added', documentId: '1', status: 'ready' },
      { fileName: 'logo.png', outcome: 'skipped', reason: 'binary' },
      { fileName: 'locked.pdf', outcome: 'failed', reason: 'The PDF is encrypted; upload an unlocked copy.' },
    ]);
    const expected = [
      'added      1  new documents',
      'replaced   0  documents with new content',
      'unchanged  0  documents that were there already',
      'skipped    1  files that hold no text to read',
      'failed     1  files that could not be taken or read',
      'Left out by .gitignore, or as packages and caches: 1.',
      '',
      'skipped',
      '  logo.png  binary',
      '',
      'failed',
      '  locked.pdf  The PDF is encrypted; upload an unlocked copy.',
      '',
    ];
    assert.equal(text, expected.join('\n'));
  });

  it('stays within the terminal', () => {
    const fileName = `${'folder/'.repeat(20)}name.md`;
    const text = reported([{ fileName, outcome: 'failed', reason: 'It is what it is. '.repeat(20) }], 60);
    assert.ok(
      text.split('\n').every((line) => line.length <= 60),
      text,
    );
    assert.match(text, /…\S*name\.md {2}It is/);
  });

  it('names fifty of a kind, and counts the rest', () => {
    const many = Array.from({ length: 1_200 }, (_, n): FileOutcome => {
      return { fileName: `${n}.bin`, outcome: 'skipped', reason: 'binary' };
    });
    const text = reported(many);
    assert.match(text, /skipped {4}1200 {2}files/);
    assert.match(text, /and 1150 more; --json names them all/);
  });

  it('says what is still being processed', () => {
    const text = reported([{ fileName: 'a.md', outcome: 'added', documentId: '1', status: 'processing' }]);
    assert.match(text, /1 document still being processed; npm run assistant -- status tells how far/);
  });
});
