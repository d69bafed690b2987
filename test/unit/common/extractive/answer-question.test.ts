import assert from 'node:assert/strict';
import { completedQuestion } from '../../../../common/domain/answer-question.ts';

const HISTORY = [
  { role: 'user', content: 'How do I brew oolong tea?' },
  { role: 'assistant', content: 'With hot water.' },
] as const;

describe('completedQuestion', () => {
  it('leaves a question that stands alone as it is', () => {
    const question = 'Which temperature does the coffee machine reach?';
    assert.equal(completedQuestion(question, HISTORY), question);
  });

  it('puts what was asked before in front of a follow-up', () => {
    for (const followUp of ['And for how long?', 'Why?', 'Which temperature does it need for the leaves?']) {
      assert.equal(completedQuestion(followUp, HISTORY), `How do I brew oolong tea?\n${followUp}`);
    }
  });

  it('has nothing to add where nothing was asked before', () => {
    assert.equal(completedQuestion('And then?', []), 'And then?');
    assert.equal(completedQuestion('And then?', [HISTORY[1]]), 'And then?');
  });

  it('takes the last thing that the person asked, and not a whole essay', () => {
    const history = [...HISTORY, { role: 'user', content: 'x'.repeat(20_000) }] as const;
    assert.equal(completedQuestion('Why?', history).length, 505);
  });
});
