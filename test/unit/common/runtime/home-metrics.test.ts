import assert from 'node:assert/strict';
import { Registry } from 'prom-client';
import { backlogMetrics, qualityMetrics, quotaMetrics } from '../../../../common/runtime/home-metrics.ts';
import { keepDataQuality } from '../../../../common/runtime/kept-data-quality.ts';
import { temporaryStores } from '../../../support/stores.ts';

const gone = () => Promise.reject(new Error('away'));
const DEPTH = { visible: 2, inFlight: 1, delayed: 0, oldestSeconds: 3 };

describe('backlogMetrics', () => {
  it('asks the queues at each scrape, and leaves out what does not answer', async () => {
    const register = new Registry();
    backlogMetrics(register, {
      queue: { send: gone, consume: gone, depth: (stage) => (stage === 'embed' ? Promise.resolve(DEPTH) : gone()) },
      deadLetters: { count: async () => 7, list: gone, redrive: gone },
    });
    const text = await register.metrics();
    assert.match(text, /assistant_queue_messages\{stage="embed",state="in_flight"\} 1/);
    assert.doesNotMatch(text, /assistant_queue_messages\{stage="extract"/);
    assert.match(text, /assistant_queue_oldest_message_seconds\{stage="embed"\} 3/);
    assert.match(text, /assistant_dead_letters\{stage="extract"\} 7/);
  });

  it('asks each queue once for all gauges of a scrape', async () => {
    const register = new Registry();
    const questions: string[] = [];
    const depth = async (stage: string) => {
      questions.push(stage);
      return DEPTH;
    };
    const deadLetters = { count: async () => 0, list: gone, redrive: gone };
    backlogMetrics(register, { queue: { send: gone, consume: gone, depth }, deadLetters });
    await register.metrics();
    assert.deepEqual(questions.sort(), ['embed', 'extract', 'index']);
  });
});

describe('qualityMetrics', () => {
  it('shows what was counted last, and nothing before that', async () => {
    await using stores = await temporaryStores();
    const before = new Registry();
    qualityMetrics(before, stores);
    assert.doesNotMatch(await before.metrics(), /^assistant_/m);
    const documents = { uploading: 0, processing: 1, ready: 40, error: 2 };
    await keepDataQuality(stores, { at: '2026-01-31T12:00:00.000Z', users: 3, documents, processing: { count: 0 } });
    const register = new Registry();
    qualityMetrics(register, stores);
    const text = await register.metrics();
    assert.match(text, /^assistant_users 3$/m);
    assert.match(text, /^assistant_documents\{status="ready"\} 40$/m);
    assert.match(text, /^assistant_counted_timestamp_seconds 1769860800$/m);
  });
});

describe('quotaMetrics', () => {
  it('shows the quota per second, as Prometheus counts time', async () => {
    const register = new Registry();
    const state = {
      tokensPerMinute: 600_000,
      grantedPerMinute: 590_000,
      usedPerMinute: 540_000,
      throttledShare: 0.01,
      jobsPerMinute: 6,
    };
    quotaMetrics(register, { quota: { state: async () => state } });
    const text = await register.metrics();
    assert.match(text, /^assistant_quota_tokens_per_second\{kind="limit"\} 10000$/m);
    assert.match(text, /^assistant_quota_tokens_per_second\{kind="used"\} 9000$/m);
    assert.match(text, /^assistant_quota_throttled_ratio 0.01$/m);
  });

  it('shows none where nothing is rationed', async () => {
    const register = new Registry();
    quotaMetrics(register, { quota: { state: async () => undefined } });
    assert.doesNotMatch(await register.metrics(), /^assistant_/m);
  });
});
