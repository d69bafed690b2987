import assert from 'node:assert/strict';
import { createOutput } from '../../../../../api/cli/terminal/output.ts';
import { keptOutput } from '../support/output.ts';

describe('the output', () => {
  it('is lines for people, and messages apart from them', () => {
    const { out, text, notes } = keptOutput();
    out.line('data');
    out.value({ data: 1 });
    out.note('message');
    assert.deepEqual([text(), notes()], ['data\n', 'message\n']);
  });

  it('is one JSON value a line for programs', () => {
    const { out, text } = keptOutput({ json: true });
    out.line('data');
    out.piece('more');
    out.value({ data: 1 });
    assert.equal(text(), '{"data":1}\n');
  });

  it('escapes in JSON what a terminal would obey', () => {
    const { out, text } = keptOutput({ json: true });
    out.value('\u009b2J\u007f\u001b');
    assert.equal(text(), '"\\u009b2J\\u007f\\u001b"\n');
    assert.equal(JSON.parse(text()), '\u009b2J\u007f\u001b');
  });

  it('has colours on a terminal only, and only where they are wanted', () => {
    const painted = (isTTY: boolean, colour: boolean): string => {
      const stdout = { isTTY, write: () => {} };
      return createOutput({ stdout, stderr: stdout, json: false, colour }).paint('bold', 'x');
    };
    assert.equal(painted(true, true), '\u001b[1mx\u001b[22m');
    assert.deepEqual([painted(false, true), painted(true, false)], ['x', 'x']);
  });

  it('gives tables the whole terminal, and cuts nothing where there is none', () => {
    assert.equal(keptOutput({ columns: 200 }).out.tableColumns, 200);
    assert.equal(keptOutput({ isTTY: false }).out.tableColumns, Number.POSITIVE_INFINITY);
  });

  it('is never too narrow to read, nor too wide', () => {
    assert.deepEqual(
      [1, 80, 500].map((columns) => keptOutput({ columns }).out.columns),
      [40, 80, 120],
    );
  });
});
