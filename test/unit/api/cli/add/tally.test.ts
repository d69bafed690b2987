import assert from 'node:assert/strict';
import { advanced, NOT_BEGUN, stagesOf, sumOf } from '../../../../../api/cli/add/stages.ts';
import { type AddProgress, tallying } from '../../../../../api/cli/add/tally.ts';
import { NOT_PROCESSED } from '../../../../../common/domain/document.ts';

const started = () => {
  let last: AddProgress | undefined;
  const tally = tallying((progress) => {
    last = progress;
  });
  return { tally, last: () => last };
};

describe('the progress of an add', () => {
  it('counts what is found, sent and processed', () => {
    const { tally, last } = started();
    for (let n = 0; n < 4; n += 1) tally.found();
    tally.counted();
    tally.brought('a', 'added', true);
    tally.brought('b', 'unchanged', false);
    tally.brought('c', 'skipped', false);
    tally.sending('d', 0.5);
    tally.stages({ extracted: 1, embedded: 0.25, indexed: 0 });
    assert.deepEqual(last(), {
      files: 3,
      counting: false,
      uploaded: 2.5,
      documents: 2,
      extracted: 1,
      embedded: 0.25,
      indexed: 0,
    });
  });

  it('begins a file again that has to be sent again', () => {
    const { tally, last } = started();
    tally.found();
    tally.sending('a', 0.9);
    tally.sending('a', 0.1);
    assert.equal(last()?.uploaded, 0.1);
  });

  it('is never more than the whole', () => {
    const { tally, last } = started();
    tally.found();
    tally.brought('a', 'added', true);
    tally.stages({ extracted: 1, embedded: 1, indexed: 1 });
    tally.finished();
    assert.deepEqual([last()?.extracted, last()?.indexed], [1, 1]);
  });

  it('reads stages from records, and knows more from events', () => {
    const half = advanced(NOT_BEGUN, { stage: 'embed', done: 48, total: 96 });
    assert.deepEqual(half, { extracted: 1, embedded: 0.5, indexed: 0 });
    assert.deepEqual(stagesOf(NOT_PROCESSED, half), half);
    const record = { ...NOT_PROCESSED, textExtracted: true, vectorsGenerated: true };
    assert.deepEqual(stagesOf(record, half), { extracted: 1, embedded: 1, indexed: 0 });
    assert.deepEqual(sumOf([half, half]), { extracted: 2, embedded: 1, indexed: 0 });
  });

  it('learns nothing from an event without a total, or of a stage that it does not know', () => {
    assert.equal(advanced(NOT_BEGUN, { stage: 'extract', done: 0, total: null }), NOT_BEGUN);
    assert.equal(advanced(NOT_BEGUN, { stage: 'translate', done: 1, total: 2 }), NOT_BEGUN);
  });
});
