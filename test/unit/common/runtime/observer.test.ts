import assert from 'node:assert/strict';
import { Registry } from 'prom-client';
import { AppError } from '../../../../common/domain/errors.ts';
import { logger } from '../../../../common/runtime/logger.ts';
import { metrics } from '../../../../common/runtime/metrics.ts';
import { observer } from '../../../../common/runtime/observer.ts';

/** An observer, with what it has written. */
const watched = () => {
  const register = new Registry();
  const lines: string[] = [];
  const log = logger('debug', { write: (line) => void lines.push(line) });
  return { register, observe: observer(log, metrics(register)), logged: () => lines.map((line) => JSON.parse(line)) };
};

const REQUEST = { name: 'request.answered', ms: 250, requestId: 'r1', userId: 'ada' } as const;

describe('the observer', () => {
  it('times a settled job under its stage and fate', async () => {
    const { register, observe } = watched();
    observe({ name: 'job.settled', stage: 'embed', fate: 'done', ms: 250, receiveCount: 1, documentId: 'd1' });
    const text = await register.metrics();
    assert.match(text, /assistant_job_seconds_sum\{stage="embed",fate="done"\} 0.25/);
    assert.doesNotMatch(text, /d1/);
  });

  it('times a request under its route and status, and never under an id', async () => {
    const { register, observe } = watched();
    observe({ ...REQUEST, route: 'GET /v1/documents/{id}', status: 404 });
    const text = await register.metrics();
    assert.match(text, /assistant_http_request_seconds_count\{route="GET \/v1\/documents\/\{id\}",status="404"\} 1/);
    assert.doesNotMatch(text, /r1|ada/);
  });

  it('counts the vectors that were made, and those that were reused', async () => {
    const { register, observe } = watched();
    for (const made of [96, 0]) observe({ name: 'vectors.ready', made, reused: 96 - made });
    const text = await register.metrics();
    assert.match(text, /assistant_vectors_total\{source="made"\} 96/);
    assert.match(text, /assistant_vectors_total\{source="reused"\} 96/);
  });

  it('writes one line a sight, louder the worse it is', () => {
    const { observe, logged } = watched();
    observe({ name: 'job.settled', stage: 'embed', fate: 'done', ms: 1, receiveCount: 1 });
    observe({ ...REQUEST, route: 'GET /v1/documents', status: 200 });
    observe({
      name: 'job.settled',
      stage: 'extract',
      fate: 'bury',
      code: 'unreadable',
      reason: 'Encrypted.',
      ms: 1,
      receiveCount: 1,
    });
    observe({ ...REQUEST, route: 'GET /v1/documents', status: 500, cause: new Error('away') });
    const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 };
    assert.deepEqual(
      logged().map(({ level }) => level),
      Object.values(LEVELS),
    );
  });

  it('writes what was thrown, and what that was caused by', () => {
    const { observe, logged } = watched();
    const cause = new AppError('unavailable', 'The records are away.', { cause: new Error('EIO') });
    observe({ ...REQUEST, route: 'GET /v1/documents', status: 503, cause });
    const [line] = logged();
    assert.equal(line.cause.message, 'The records are away.');
    assert.equal(line.cause.cause.message, 'EIO');
    assert.match(line.cause.stack, /observer\.test\.ts/);
  });
});

describe('the logger', () => {
  it('blanks secrets', () => {
    const lines: string[] = [];
    const secrets = { password: 'p4ss', authorization: 'Bearer t0ken', refreshToken: 'r3fresh', accessToken: 'acc3ss' };
    logger('info', { write: (line) => void lines.push(line) }).info({ ...secrets, request: secrets });
    assert.doesNotMatch(lines.join(), /p4ss|t0ken|r3fresh|acc3ss/);
  });
});
