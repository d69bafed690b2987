import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { serve } from '../../api/serve.ts';
import type { RequestAnswered, Sight } from '../../common/runtime/sight.ts';
import { type TemporaryHome, temporaryHome } from '../support/home.ts';

describe('a server that closes', () => {
  let home: TemporaryHome;
  let asked: PromiseWithResolvers<void>;
  let answer: PromiseWithResolvers<string>;
  let seen: PromiseWithResolvers<RequestAnswered>;

  before(async function () {
    this.timeout(20_000);
    home = await temporaryHome();
  });
  after(() => home[Symbol.asyncDispose]());
  beforeEach(() => {
    asked = Promise.withResolvers();
    answer = Promise.withResolvers();
    seen = Promise.withResolvers();
  });

  /** /metrics is asked, and answers when the test says so. */
  const open = (patienceMs = 10_000) => {
    const readMetrics = () => {
      asked.resolve();
      return answer.promise;
    };
    const observe = (sight: Sight) => void (sight.name === 'request.answered' && seen.resolve(sight));
    return serve({ config: home.config, home, observe, readMetrics, patienceMs });
  };

  it('finishes what was asked before, and takes nothing new', async () => {
    const served = await open();
    const late = fetch(`${served.url}/metrics`);
    await asked.promise;
    const closed = served[Symbol.asyncDispose]();
    await assert.rejects(fetch(`${served.url}/health/live`));
    answer.resolve('still here');
    assert.equal(await (await late).text(), 'still here');
    await closed;
  });

  it('does not wait for connections that ask nothing', async () => {
    const served = await open();
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
    await once(socket, 'connect');
    await (await fetch(`${served.url}/health/live`)).text(); // and leaves a connection open for later
    const gone = once(socket, 'close');
    await served[Symbol.asyncDispose]();
    await gone;
  });

  it('cuts off what does not finish in time', async () => {
    const served = await open(50);
    const late = fetch(`${served.url}/metrics`);
    await asked.promise;
    await Promise.all([assert.rejects(late), served[Symbol.asyncDispose]()]);
    const { route, status } = await seen.promise;
    assert.deepEqual([route, status], ['GET /metrics', 499]);
  });

  it('may be closed twice', async () => {
    const served = await open();
    await served[Symbol.asyncDispose]();
    await served[Symbol.asyncDispose]();
  });
});
