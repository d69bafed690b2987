import assert from 'node:assert/strict';
import { printAnswer, printPassages } from '../../../../../api/cli/show/passages.ts';
import type { Passage } from '../../../../../common/domain/search.ts';
import type { AnswerEvent } from '../../../../../common/ports/generator.ts';
import { keptOutput } from '../support/output.ts';

const PASSAGE: Passage = {
  chunkId: 'c1',
  documentId: 'd1',
  fileName: 'docs/guide.md',
  score: 0.5,
  content: 'Keys are rotated every night.',
  section: 'Operation > Keys',
  startPosition: 120,
  endPosition: 149,
};

describe('what is printed', () => {
  it('of a search: each passage with its place', () => {
    const { out, text } = keptOutput();
    const page: Passage = { ...PASSAGE, fileName: 'a.pdf', pageNumber: 3, content: 'Keys, too.' };
    printPassages(out, [PASSAGE, page], 'keys');
    const expected = [
      '1. docs/guide.md, Operation > Keys, characters 120-149',
      '   Keys are rotated every night.',
      '',
      '2. a.pdf, page 3, Operation > Keys, characters 120-149',
      '   Keys, too.',
      '',
    ];
    assert.equal(text(), expected.join('\n'));
  });

  it('of an answer: the text as it comes, then its citations', async () => {
    const { out, text } = keptOutput({ columns: 40 });
    const { content: snippet, chunkId: _chunkId, score: _score, ...place } = PASSAGE;
    async function* events(): AsyncGenerator<AnswerEvent> {
      yield { type: 'token', text: 'Keys are rota' };
      yield { type: 'token', text: 'ted every night, without anybody. [1]' };
      yield { type: 'citations', citations: [{ n: 1, ...place, snippet }] };
    }
    const citations = await printAnswer(out, events(), 'When are keys rotated?');
    assert.equal(citations.length, 1);
    const expected = [
      'Keys are rotated every night, without ',
      'anybody. [1]',
      '',
      '[1] docs/guide.md, Operation > Keys, characters 120-149',
      '    Keys are rotated every night.',
      '',
    ];
    assert.equal(text(), expected.join('\n'));
  });

  it('obeys nothing that a name or a passage says', () => {
    const { out, text } = keptOutput();
    const evil = { ...PASSAGE, fileName: 'a\u001b[2J.md', section: 'x\ny', content: '\u009b31mred' };
    printPassages(out, [evil], 'red');
    assert.ok(!/[^\P{Cc}\n]/u.test(text()), JSON.stringify(text()));
    assert.match(text(), /^1\. a␛\[2J\.md, x␊y, characters/);
  });
});
