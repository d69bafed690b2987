import assert from 'node:assert/strict';
import { lookedUp } from '../../../../common/adapters/caching/looked-up.ts';
import { aClock } from '../../../support/clock.ts';

const opened = (settings: { most?: number; sizeOf?: (value: string) => number } = {}) => {
  const clock = aClock();
  const told: boolean[] = [];
  const onLookup = (_: string, hit: boolean) => void told.push(hit);
  const cache = lookedUp<string>({ name: 'users', most: 10, ttlMs: 1_000, now: clock.now, onLookup, ...settings });
  return { cache, clock, told };
};
const give = (value: string) => async () => value;

describe('lookedUp', () => {
  it('reads once, until the time is over', async () => {
    const { cache, clock, told } = opened();
    assert.equal(await cache.get('a', give('first')), 'first');
    clock.pass(1_000);
    assert.equal(await cache.get('a', give('second')), 'first');
    clock.pass(1);
    assert.equal(await cache.get('a', give('third')), 'third');
    assert.deepEqual(told, [false, true, false]);
  });

  it('shares one reading among those who ask at the same time', async () => {
    const { cache, told } = opened();
    const { promise, resolve } = Promise.withResolvers<string>();
    const all = [cache.get('a', () => promise), cache.get('a', give('not read')), cache.get('b', give('b'))];
    resolve('shared');
    assert.deepEqual(await Promise.all(all), ['shared', 'shared', 'b']);
    assert.deepEqual(told, [false, true, false]);
  });

  it('keeps nothing of what fails, and asks again', async () => {
    const { cache } = opened();
    const failing = async () => {
      throw new Error('away');
    };
    await assert.rejects(Promise.all([cache.get('a', failing), cache.get('a', failing)]), /away/);
    assert.equal(await cache.get('a', give('back')), 'back');
  });

  it('keeps no answer that was asked for before a write and came after it', async () => {
    const { cache } = opened();
    const { promise, resolve } = Promise.withResolvers<string>();
    const early = cache.get('a', () => promise);
    cache.forget('a');
    assert.equal(await cache.get('a', give('new')), 'new');
    resolve('old');
    assert.equal(await early, 'old');
    assert.equal(await cache.get('a', give('not read')), 'new');
  });

  it('forgets one, or all, and nothing else', async () => {
    const { cache } = opened();
    for (const key of ['a', 'b', 'c']) await cache.get(key, give('old'));
    cache.forget('a');
    assert.equal(await cache.get('a', give('new')), 'new');
    assert.equal(await cache.get('b', give('new')), 'old');
    cache.forgetAll();
    assert.equal(await cache.get('b', give('new')), 'new');
  });

  it('keeps a bounded number, those used last', async () => {
    const { cache } = opened({ most: 2 });
    for (const key of ['a', 'b', 'a', 'c']) await cache.get(key, give('old'));
    assert.equal(await cache.get('a', give('new')), 'old');
    assert.equal(await cache.get('b', give('new')), 'new');
  });

  it('keeps a bounded size, and nothing that is larger', async () => {
    const { cache } = opened({ most: 100, sizeOf: (value) => value.length });
    for (const key of ['a', 'b', 'c']) await cache.get(key, give('x'.repeat(40)));
    assert.equal(await cache.get('a', give('a again')), 'a again');
    assert.equal((await cache.get('c', give('c again'))).length, 40);
    await cache.get('huge', give('x'.repeat(101)));
    assert.equal(await cache.get('huge', give('huge again')), 'huge again');
  });
});
