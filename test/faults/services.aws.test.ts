import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, register } from '../support/account.ts';
import { startDoublingQueue } from '../support/aws/doubling-queue.ts';
import { type AwsFleet, openAwsFleet } from '../support/aws/fleet.ts';
import { assertWhole, atRest, documentsOf } from '../support/oracle.ts';
import { prose } from '../support/prose.ts';
import { DYNAMODB_THROTTLE, startFaultProxy } from '../support/servers/fault-proxy.ts';
import { until } from '../support/until.ts';

const STAGES = ['extract', 'embed', 'index'] as const;
const AWAY_MS = 120_000;
const DOCUMENTS = 6;

const addressOf = (variable: string): string => {
  const address = process.env[variable];
  assert.ok(address, `${variable} is set by npm run test:aws`);
  return address;
};

/** An API, two workers of all stages, and somebody who uploads. */
const atWork = async (fleet: AwsFleet): Promise<Account> => {
  const account = await register((await fleet.api()).url);
  for (const _ of ['one', 'another']) await fleet.observedWorker(...STAGES); // they have met every service
  return account;
};

const uploadAll = async (account: Account): Promise<void> => {
  for (let n = 1; n <= DOCUMENTS; n += 1) await account.upload(`manual-${n}.txt`, prose(100, n));
};

/** Every document is ready and whole, and nothing was given up. */
const assertAllServed = async ({ home }: AwsFleet, account: Account): Promise<void> => {
  await atRest(home.ports, account.userId, 240);
  assert.equal((await documentsOf(home.ports, account.userId)).length, DOCUMENTS);
  await assertWhole(home.ports, account.userId);
  for (const stage of STAGES) assert.equal(await home.ports.deadLetters.count(stage), 0, `dead letters of ${stage}`);
};

describe('a service that fails', function () {
  this.timeout(480_000);

  it('SQS, by delivering every message twice and shuffled: each chunk is made once', async () => {
    await using queue = await startDoublingQueue(addressOf('AWS_ENDPOINT_URL_SQS'));
    await using fleet = await openAwsFleet({ env: { AWS_ENDPOINT_URL_SQS: queue.url } });
    const account = await atWork(fleet);
    await uploadAll(account);
    await assertAllServed(fleet, account);
  });

  it('DynamoDB, by throttling a tenth of all calls: nothing is lost', async () => {
    await using proxy = await startFaultProxy(addressOf('AWS_ENDPOINT_URL_DYNAMODB'));
    using _ = proxy.answer({ share: 0.1, answer: DYNAMODB_THROTTLE });
    await using fleet = await openAwsFleet({ env: { AWS_ENDPOINT_URL_DYNAMODB: proxy.url } });
    const account = await atWork(fleet);
    await uploadAll(account);
    await assertAllServed(fleet, account);
    assert.ok(proxy.counts().answered > 0);
  });

  it('OpenSearch, by refusing a fifth of all bulk items: each chunk is there once', async () => {
    await using proxy = await startFaultProxy(addressOf('OPENSEARCH_URL'));
    using _ = proxy.failBulkItems({ share: 0.2, statuses: [429, 503] });
    await using fleet = await openAwsFleet({ env: { OPENSEARCH_URL: proxy.url } });
    const account = await atWork(fleet);
    await uploadAll(account);
    await assertAllServed(fleet, account);
    assert.ok(proxy.counts().itemsFailed > 0);
  });

  it('OpenSearch, by being away for two minutes: jobs wait, and go on', async () => {
    await using proxy = await startFaultProxy(addressOf('OPENSEARCH_URL'));
    await using fleet = await openAwsFleet({ env: { OPENSEARCH_URL: proxy.url } });
    const account = await atWork(fleet);
    const absence = await proxy.goAway();
    await uploadAll(account);
    await sleep(AWAY_MS);
    assert.equal((await fleet.home.ports.queue.depth('index')).inFlight > 0, true, 'jobs wait with their leases held');
    await absence[Symbol.asyncDispose]();
    await assertAllServed(fleet, account);
  });

  it('Bedrock, by throttling every call for two minutes: no document fails for it', async () => {
    await using fleet = await openAwsFleet({ bedrock: { isThrottling: true } });
    const account = await atWork(fleet);
    await uploadAll(account);
    await until(
      'the embed stage to be at work',
      async () => (await fleet.home.ports.queue.depth('embed')).inFlight > 0,
    );
    await sleep(AWAY_MS);
    const documents = await documentsOf(fleet.home.ports, account.userId);
    assert.deepEqual([...new Set(documents.map(({ status }) => status))], ['processing']);
    await fleet.bedrock.change({ isThrottling: false });
    await assertAllServed(fleet, account);
  });
});
