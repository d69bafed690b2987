import assert from 'node:assert/strict';
import { z } from 'zod';
import { cursorOf, positionOf } from '../../../../common/adapters/aws/dynamodb/cursor.ts';

const Position = z.tuple([z.string(), z.string()]);

describe('cursorOf', () => {
  it('makes a text for an address, and positionOf reads it', () => {
    const cursor = cursorOf(['2026-01-31', 'größe/+?']);
    assert.match(cursor, /^[\w-]+$/);
    assert.deepEqual(positionOf(Position, cursor), ['2026-01-31', 'größe/+?']);
  });

  it('refuses what is no such position', () => {
    for (const cursor of ['', '!', cursorOf(null), cursorOf(['one']), cursorOf([1, 2]), 'x'.repeat(5_000)]) {
      assert.throws(() => positionOf(Position, cursor), { code: 'invalid' });
    }
  });
});
