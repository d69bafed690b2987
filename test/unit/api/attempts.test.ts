import assert from 'node:assert/strict';
import { type Attempt, type Guard, guardAttempts, guardRegistrations } from '../../../api/auth/attempts.ts';
import { AppError } from '../../../common/domain/errors.ts';

const wrong = async () => {
  throw new AppError('unauthenticated', 'wrong');
};
const right = async () => 'in';
const away = async () => {
  throw new AppError('unavailable', 'away');
};

const fail = async (guard: Guard, attempts: Iterable<Attempt>) => {
  for (const attempt of attempts) await assert.rejects(guard(attempt, wrong), { code: 'unauthenticated' });
};
const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

const ada = { address: '10.0.0.1', email: 'ada@example.org' };

describe('guardAttempts', () => {
  it('allows ten wrong passwords for one e-mail from one address', async () => {
    const guard = guardAttempts();
    await fail(
      guard,
      times(10, () => ada),
    );
    await assert.rejects(guard(ada, right), (refusal: { code: string; headers: Record<string, string> }) => {
      assert.equal(refusal.code, 'throttled');
      assert.ok(Number(refusal.headers['Retry-After']) > 800);
      return true;
    });
    assert.equal(await guard({ ...ada, address: '10.0.0.2' }, right), 'in');
  });

  it('counts neither right passwords nor faults of ours', async () => {
    const guard = guardAttempts();
    for (const _ of times(15, () => ada)) {
      assert.equal(await guard(ada, right), 'in');
      await assert.rejects(guard(ada, away), { code: 'unavailable' });
    }
  });

  it('does not tire of one e-mail at a time from many addresses before a hundred', async () => {
    const guard = guardAttempts();
    await fail(
      guard,
      times(100, (n) => ({ ...ada, address: `10.0.1.${n}` })),
    );
    await assert.rejects(guard({ ...ada, address: '10.0.2.1' }, right), { code: 'throttled' });
  });

  it('takes all of an IPv6 network for one address', async () => {
    const guard = guardAttempts();
    await fail(
      guard,
      times(100, (n) => ({ address: `2001:db8::${n.toString(16)}:1`, email: `${n}@example.org` })),
    );
    await assert.rejects(guard({ address: '2001:db8:0:0:ffff::1', email: 'x@example.org' }, right), {
      code: 'throttled',
    });
    assert.equal(await guard({ address: '2001:db8:0:1::1', email: 'x@example.org' }, right), 'in');
  });
});

describe('guardRegistrations', () => {
  const taken = async () => {
    throw new AppError('conflict', 'taken');
  };

  it('allows a hundred registrations from one address, taken e-mails among them', async () => {
    const guard = guardRegistrations();
    for (const _ of times(50, () => ada)) {
      assert.equal(await guard('10.0.0.1', right), 'in');
      await assert.rejects(guard('10.0.0.1', taken), { code: 'conflict' });
    }
    await assert.rejects(guard('10.0.0.1', right), { code: 'throttled', message: /Too many registrations/ });
    assert.equal(await guard('10.0.0.2', right), 'in');
  });

  it('does not count faults of ours', async () => {
    const guard = guardRegistrations();
    for (const _ of times(150, () => ada)) await assert.rejects(guard('10.0.0.1', away), { code: 'unavailable' });
    assert.equal(await guard('10.0.0.1', right), 'in');
  });
});
