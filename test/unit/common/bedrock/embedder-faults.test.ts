import assert from 'node:assert/strict';
import { ada, bob, gate, opened, texts } from './embedder-parts.ts';

describe('bedrockEmbedder, when Bedrock turns calls away', () => {
  it('waits a throttle out, and loses and repeats nothing', async () => {
    const throttled = Promise.withResolvers<void>();
    const onCall = ({ isThrottled }: { isThrottled: boolean }) => isThrottled && throttled.resolve();
    await using home = await opened({ onCall }, { isThrottling: true });
    const waiting = home.embedder.embed(texts(200), ada);
    await throttled.promise;
    home.stub.change({ isThrottling: false });
    assert.equal((await waiting).length, 200);
    assert.equal(home.counted()?.texts, 200);
  });

  it('waits until Bedrock is back', async () => {
    const failed = Promise.withResolvers<void>();
    await using home = await opened({ onCall: () => failed.resolve() }, { isAway: true });
    const waiting = home.embedder.embed(texts(3), ada);
    await failed.promise;
    home.stub.change({ isAway: false });
    assert.equal((await waiting).length, 3);
  });

  it('tells its callers when patience ends', async () => {
    await using home = await opened({ patienceMs: 0 }, { isThrottling: true });
    await assert.rejects(home.embedder.embed(texts(3), ada), { code: 'throttled' });
    home.stub.change({ isThrottling: false, isAway: true });
    await assert.rejects(home.embedder.embed(texts(3), ada), { code: 'unavailable' });
  });

  it('keeps a caller waiting that has vectors already, for they are paid', async () => {
    let seen = 0;
    await using home = await opened({
      patienceMs: 0,
      callsInFlight: 1,
      onCall() {
        seen += 1;
        home.stub.change({ isThrottling: seen === 1 });
      },
    });
    assert.equal((await home.embedder.embed(texts(192), ada)).length, 192);
    assert.equal(home.counted()?.texts, 192);
    assert.equal(home.counted()?.throttled, 1);
  });

  it('fails the one caller whose text is refused, and serves the others', async () => {
    await using home = await opened({}, { refusedText: 'poison' });
    const good = home.embedder.embed(texts(60), ada);
    const bad = home.embedder.embed(['fine', 'poison', 'fine too'], bob);
    await assert.rejects(bad, { code: 'invalid', message: /refuses a part of the text/ });
    assert.equal((await good).length, 60);
  });

  it('fails a question that is refused', async () => {
    await using home = await opened({}, { refusedText: 'poison' });
    await assert.rejects(home.embedder.embedQuery('poison'), { code: 'invalid' });
  });

  it('asks again where a question is throttled', async () => {
    await using home = await opened(
      { onCall: () => home.stub.change({ isThrottling: false }) },
      { isThrottling: true },
    );
    await home.embedder.embedQuery('question');
    assert.equal(home.counted()?.throttled, 1);
  });

  it('fails those who wait when it is closed', async () => {
    const { pacer, reserved } = gate();
    await using home = await opened({ pacer });
    const waiting = home.embedder.embed(['text'], ada);
    await reserved;
    const rejected = assert.rejects(waiting, { code: 'unavailable' });
    await home.embedder[Symbol.asyncDispose]();
    await rejected;
    await assert.rejects(home.embedder.embed(['late'], ada), { code: 'unavailable' });
  });
});
