import assert from 'node:assert/strict';
import { waitingRoom } from '../../../../common/adapters/aws/bedrock/waiting-room.ts';

const item = (group: string, tokens = 1) => ({ group, tokens });
const many = (count: number, group: string, tokens = 1) => Array.from({ length: count }, () => item(group, tokens));
const groupsOf = (items: readonly { group: string }[]) => items.map(({ group }) => group).join('');

describe('waitingRoom', () => {
  it('takes one of each group in turn, and goes on where it was', () => {
    const room = waitingRoom({ texts: 4, tokens: 100 });
    room.add([...many(6, 'a'), ...many(2, 'b'), ...many(1, 'c')]);
    assert.deepEqual([room.take(), room.take(), room.take()].map(groupsOf), ['abca', 'baaa', 'a']);
    assert.ok(room.isEmpty());
  });

  it('fills a call up to its tokens, and lets what is larger go alone', () => {
    const room = waitingRoom({ texts: 4, tokens: 10 });
    room.add([item('a', 25), item('a', 6), item('a', 4), item('a', 1)]);
    assert.deepEqual(
      [room.take(), room.take(), room.take()].map((call) => call.map(({ tokens }) => tokens)),
      [[25], [6, 4], [1]],
    );
  });

  it('is full with a whole call, by texts or by tokens', () => {
    const room = waitingRoom({ texts: 2, tokens: 10 });
    room.add([item('a', 9)]);
    assert.ok(!room.isFull());
    room.add([item('a', 1)]);
    assert.ok(room.isFull());
    assert.deepEqual(room.demand(), { least: 9, call: 10, all: 10 });
  });

  it('fills a call up to what the moment allows, and one text goes in any event', () => {
    const room = waitingRoom({ texts: 4, tokens: 100 });
    room.add([...many(3, 'a', 10)]);
    assert.ok(room.isFull(25));
    assert.deepEqual(room.demand(25), { least: 10, call: 25, all: 30 });
    assert.deepEqual([room.take(25), room.take(5)].map(groupsOf), ['aa', 'a']);
  });

  it('makes a call again before all others, as it was', () => {
    const room = waitingRoom({ texts: 3, tokens: 10 });
    room.add(many(2, 'a'));
    room.addAgain(many(2, 'b'));
    assert.ok(room.isFull());
    assert.deepEqual([room.take(), room.take()].map(groupsOf), ['bb', 'aa']);
  });

  it('forgets what is withdrawn, wherever it waits', () => {
    const room = waitingRoom({ texts: 3, tokens: 10 });
    room.add([...many(3, 'a'), item('b')]);
    room.addAgain([item('a'), item('b')]);
    room.addAgain([item('a')]);
    room.withdraw(({ group }) => group === 'a');
    assert.deepEqual([room.take(), room.take()].map(groupsOf), ['b', 'b']);
    assert.ok(room.isEmpty());
  });
});
