import assert from 'node:assert/strict';
import { isLater } from '../../../../common/domain/sequencer.ts';

describe('a sequencer', () => {
  it('tells the later of two events', () => {
    assert.ok(isLater('0055AED6DCD90281E6', '0055AED6DCD90281E5'));
    assert.ok(!isLater('0055AED6DCD90281E5', '0055AED6DCD90281E6'));
    assert.ok(!isLater('0055AED6DCD90281E5', '0055AED6DCD90281E5'));
  });

  it('counts as padded with zeros when it is the shorter one', () => {
    assert.ok(isLater('10', 'F'));
    assert.ok(!isLater('F', '10'));
    assert.ok(!isLater('00F', 'F'));
  });

  it('may be spelt in either case', () => {
    assert.ok(isLater('b', 'A'));
    assert.ok(!isLater('a', 'A'));
  });
});
