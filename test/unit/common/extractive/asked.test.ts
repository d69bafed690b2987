import assert from 'node:assert/strict';
import { askedOf, coverageOf } from '../../../../common/adapters/embedded/extractive/asked.ts';
import { candidatesOf } from '../../../../common/adapters/embedded/extractive/candidates.ts';
import { wordReader } from '../../../../common/adapters/embedded/extractive/words.ts';
import type { Passage } from '../../../../common/domain/search.ts';
import { aPassage } from './passages.ts';

const read = (question: string, ...passages: Passage[]) => {
  const words = wordReader()(question);
  const candidates = candidatesOf(passages, words);
  const asked = askedOf(question, candidates, words);
  return { asked, coverages: candidates.map((candidate) => coverageOf(asked, candidate)), candidates };
};

describe('what a question asks', () => {
  it('is all there, or nothing of it', () => {
    const { coverages } = read('When is tea hot?', aPassage('Hot tea is good.'), aPassage('Nothing else.'));
    assert.deepEqual(coverages, [1, 0]);
  });

  it('counts a rare word for more', () => {
    const passages = ['The tea pot.', 'The tea cup.', 'The tea spoon.', 'The samovar.'].map((text) => aPassage(text));
    const [tea, , , samovar] = read('tea samovar', ...passages).coverages;
    assert.ok((samovar ?? 0) > (tea ?? 0));
  });

  it('counts what stands above a text, in part', () => {
    const passage = aPassage('It takes two minutes.', { section: 'Green tea' });
    const [coverage] = read('green tea', passage).coverages;
    assert.ok(coverage !== undefined && coverage > 0.3 && coverage < 0.5);
  });

  it('names things as source code does', () => {
    const code = aPassage('class TeaPot {}', { fileName: 'pot.ts' });
    for (const known of ['What is `TeaPot`?', 'What is tea_pot?', 'What does TeaPot() do?', 'What is tea?']) {
      assert.equal(read(known, code).asked.namesUnknown, false, known);
    }
    for (const unknown of ['What is `CoffeePot`?', 'What is coffee_pot?', 'What does grind() do?']) {
      assert.equal(read(unknown, code).asked.namesUnknown, true, unknown);
    }
  });

  it('is declared where its name is, and not where it is used', () => {
    const declared = (question: string, code: string) => {
      const { asked, candidates } = read(question, aPassage(code, { fileName: 'pot.ts' }));
      return candidates.some(asked.declares);
    };
    assert.ok(declared('What does brewTea do?', 'function brewTea(pot) {\n  boil(pot);\n}'));
    assert.ok(declared('What does `brew` do?', 'Tea Pot::brew(Water water)\n{'));
    assert.ok(declared('What is TeaPot?', 'pub struct TeaPot {'));
    assert.ok(!declared('What does brewTea do?', 'const cup = brewTea(pot);'));
    assert.ok(!declared('What is tea?', 'class Tea {}'), 'an ordinary word');
  });
});
