import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { progressBars, progressLines, UPLOADS_ONLY } from '../../../../../api/cli/add/progress-bars.ts';

const PROGRESS = { files: 9, counting: true, uploaded: 4.5, documents: 8, extracted: 4, embedded: 2, indexed: 1 };

/** A stream that looks like a terminal; tells what it shows. */
const terminal = () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80, cursorTo() {} });
  return { stream, shown: () => String(stream.read() ?? '') };
};

describe('progress on a terminal', () => {
  it('is a bar for each stage', () => {
    const { stream, shown } = terminal();
    const view = progressBars(stream);
    view.show(PROGRESS);
    view.stop();
    const text = shown();
    assert.match(text, /uploaded {2}█{15}░{15} {2}50 % {2}4 of 9\+/);
    assert.match(text, /extracted █{15}░{15} {2}50 % {2}4 of 8\+/);
    assert.match(text, /embedded .* 25 % {2}2 of 8/);
    assert.match(text, /indexed .* 12 % {2}1 of 8/);
  });

  it('is one bar where nobody waits for the processing', () => {
    const { stream, shown } = terminal();
    const view = progressBars(stream, UPLOADS_ONLY);
    view.show(PROGRESS);
    view.stop();
    assert.ok(!shown().includes('embedded'));
  });
});

describe('progress without a terminal', () => {
  it('is a line now and then', () => {
    const lines: string[] = [];
    let now = 0;
    const view = progressLines((line) => void lines.push(line), { now: () => now });
    for (now = 1_000; now <= 11_000; now += 1_000) view.show(PROGRESS);
    assert.deepEqual(lines, Array(2).fill('uploaded 4/9, extracted 4/8, embedded 2/8, indexed 1/8'));
  });
});
