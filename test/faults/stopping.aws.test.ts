import assert from 'node:assert/strict';
import { register } from '../support/account.ts';
import { metricOf, openAwsFleet } from '../support/aws/fleet.ts';
import { assertWhole, atRest } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { until } from '../support/until.ts';

const STAGES = ['extract', 'embed', 'index'] as const;
const EXIT_MS_MOST = 30_000;

describe('a worker that is told to stop under load', function () {
  this.timeout(180_000);

  it('ends within 30 seconds, and no message is delivered a second time', async () => {
    await using fleet = await openAwsFleet({ visibilitySeconds: 20, bedrock: { latencyMs: 300 } });
    const account = await register((await fleet.api()).url);
    const first = await fleet.observedWorker(...STAGES);
    for (let n = 1; n <= 12; n += 1) await account.upload(`manual-${n}.txt`, prose(150, n));
    await until(
      'the embed stage to be at work',
      async () => (await fleet.home.ports.queue.depth('embed')).inFlight > 0,
    );
    const second = await fleet.observedWorker(...STAGES);
    const told = performance.now();
    assert.equal(await first.stop(), 0);
    assert.ok(performance.now() - told < EXIT_MS_MOST, `it took ${Math.round(performance.now() - told)} ms`);
    await atRest(fleet.home.ports, account.userId);
    assert.equal(await metricOf(second, 'assistant_job_redeliveries_total'), 0);
    await assertWhole(fleet.home.ports, account.userId);
  });
});

describe('a worker that sleeps past its visibility timeout', function () {
  this.timeout(180_000);

  for (const stage of STAGES) {
    it(`in the ${stage} stage, finds its job taken, and what it writes late leaves nothing behind`, async () => {
      await using fleet = await openAwsFleet({ visibilitySeconds: 3, bedrock: { latencyMs: 400 } });
      const account = await register((await fleet.api()).url);
      const others = STAGES.filter((other) => other !== stage);
      fleet.worker(...others);
      const zombie = await fleet.observedWorker(stage);
      for (let n = 1; n <= 4; n += 1) await account.upload(`manual-${n}.txt`, prose(200, n));
      await until(`a job in ${stage}`, async () => (await fleet.home.ports.queue.depth(stage)).inFlight > 0);
      zombie.child.kill('SIGSTOP');
      const heir = await fleet.observedWorker(stage);
      await atRest(fleet.home.ports, account.userId);
      assert.ok((await metricOf(heir, 'assistant_job_redeliveries_total')) > 0, 'the heir got what the zombie held');
      zombie.child.kill('SIGCONT');
      await until('the zombie to settle what it held', () => isIdle(zombie));
      await atRest(fleet.home.ports, account.userId);
      await assertWhole(fleet.home.ports, account.userId);
    });
  }
});

const isIdle = async (worker: { url: string }): Promise<boolean> =>
  (await metricOf(worker, 'assistant_jobs_under_way')) === 0;
