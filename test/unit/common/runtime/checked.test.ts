import assert from 'node:assert/strict';
import { z } from 'zod';
import { checked } from '../../../../common/runtime/checked.ts';

const Job = z.object({ userId: z.string(), pages: z.array(z.int().positive()) });

describe('checked', () => {
  it('gives the typed value, without what nobody asked for', () => {
    const job = { userId: 'ada', pages: [1, 2] };
    assert.deepEqual(checked(Job, { ...job, extra: 1 }, 'The job is'), job);
  });

  it('names every fault by its path', () => {
    assert.throws(
      () => checked(Job, { pages: [1, 0] }, 'The job is'),
      (error: Error) => {
        const [first, ...faults] = error.message.split('\n');
        assert.equal(first, 'The job is not valid:');
        assert.deepEqual(
          faults.map((fault) => fault.slice(0, fault.indexOf(':'))),
          ['  userId', '  pages.1'],
        );
        return true;
      },
    );
  });

  it('throws invalid for what is nothing of the kind', () => {
    for (const value of [undefined, null, 'x', [], 7]) {
      assert.throws(() => checked(Job, value, 'The job is'), { code: 'invalid', message: /all of it: / });
    }
  });
});
