import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Load,
  schedule,
  threadForQuery,
  threadForText,
} from '../../../../common/adapters/embedded/minilm/schedule.ts';

const texts = (waiting: { nextText(): string | undefined }): string[] => {
  const all: string[] = [];
  for (let next = waiting.nextText(); next !== undefined; next = waiting.nextText()) all.push(next);
  return all;
};

describe('schedule', () => {
  it('lets groups take turns', () => {
    const waiting = schedule<string>();
    for (const text of ['a1', 'a2', 'a3', 'a4']) waiting.addText(text, 'ada');
    for (const text of ['b1', 'b2']) waiting.addText(text, 'bob');
    assert.deepEqual(texts(waiting), ['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('gives a group that comes later its turn next but one', () => {
    const waiting = schedule<string>();
    for (const text of ['a1', 'a2', 'a3']) waiting.addText(text, 'ada');
    assert.equal(waiting.nextText(), 'a1');
    waiting.addText('b1', 'bob');
    assert.deepEqual(texts(waiting), ['a2', 'b1', 'a3']);
  });

  it('takes what has to be tried again before new texts', () => {
    const waiting = schedule<string>();
    waiting.addText('a1', 'ada');
    waiting.addAgain('x');
    assert.deepEqual(texts(waiting), ['x', 'a1']);
  });

  it('keeps queries in their order, apart from texts', () => {
    const waiting = schedule<string>();
    waiting.addQuery('q1');
    waiting.addQuery('q2');
    assert.deepEqual([waiting.nextQuery(), waiting.nextQuery(), waiting.nextQuery()], ['q1', 'q2', undefined]);
    assert.equal(waiting.hasTexts(), false);
  });

  it('forgets what is withdrawn', () => {
    const waiting = schedule<string>();
    for (const text of ['a1', 'a2']) waiting.addText(text, 'ada');
    waiting.addText('b1', 'bob');
    waiting.addAgain('x');
    waiting.withdraw(new Set(['a2', 'b1', 'x']));
    assert.deepEqual(texts(waiting), ['a1']);
  });

  it('gives back everything at once, and is empty', () => {
    const waiting = schedule<string>();
    waiting.addText('a1', 'ada');
    waiting.addAgain('x');
    waiting.addQuery('q1');
    assert.deepEqual(waiting.takeAll().toSorted(), ['a1', 'q1', 'x']);
    assert.equal(waiting.hasQueries() || waiting.hasTexts(), false);
  });

  it('gives out each text once, those of a group in their order, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ada', 'bob', 'eve')), (groups) => {
        const waiting = schedule<{ group: string; place: number }>();
        for (const [place, group] of groups.entries()) waiting.addText({ group, place }, group);
        const given: { group: string; place: number }[] = [];
        for (let next = waiting.nextText(); next !== undefined; next = waiting.nextText()) given.push(next);
        assert.equal(new Set(given).size, groups.length);
        for (const group of ['ada', 'bob', 'eve']) {
          const places = given.filter((text) => text.group === group).map(({ place }) => place);
          assert.deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
        }
      }),
    );
  });
});

const idle: Load = { queries: 0, texts: 0, characters: 0, busySince: undefined };

describe('threadForText', () => {
  it('takes the thread with the least to do', () => {
    const busy = { ...idle, texts: 1, characters: 900 };
    assert.equal(threadForText([busy, idle]), idle);
  });

  it('gives a thread some texts in advance, and no more', () => {
    const four = { ...idle, texts: 4, characters: 5_000 };
    const six = { ...idle, texts: 6, characters: 7_500 };
    assert.equal(threadForText([six, four]), four);
    assert.equal(threadForText([six]), undefined);
    assert.equal(threadForText([{ ...idle, texts: 64, characters: 64 }]), undefined);
  });
});

describe('threadForQuery', () => {
  it('takes a thread that does nothing', () => {
    assert.equal(threadForQuery([{ ...idle, busySince: 1 }, idle]), idle);
  });

  it('else the one that has been at its text the longest', () => {
    const [late, early] = [
      { ...idle, busySince: 9 },
      { ...idle, busySince: 5 },
    ];
    assert.equal(threadForQuery([late, early]), early);
  });

  it('spreads queries', () => {
    const asked = { ...idle, queries: 1 };
    const busy = { ...idle, texts: 5, busySince: 7 };
    assert.equal(threadForQuery([asked, busy]), busy);
  });
});
