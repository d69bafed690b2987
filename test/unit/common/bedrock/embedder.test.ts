import assert from 'node:assert/strict';
import { ada, bob, COHERE, gate, opened, texts } from './embedder-parts.ts';

describe('bedrockEmbedder', () => {
  it('puts the texts of many callers into one call', async () => {
    await using home = await opened();
    await Promise.all([home.embedder.embed(['a', 'b'], ada), home.embedder.embed(['c'], bob)]);
    assert.deepEqual(
      home.stub.calls.map((call) => call.texts),
      [['a', 'c', 'b']],
    );
  });

  it('sends a full call at once, and does not wait for more', async () => {
    await using home = await opened({ lingerMs: 3_600_000 });
    await home.embedder.embed(texts(192), ada);
    assert.deepEqual(
      home.stub.calls.map((call) => call.texts.length),
      [96, 96],
    );
  });

  it('gives each group its turn in every call', async () => {
    await using home = await opened({ callsInFlight: 1 });
    await Promise.all([home.embedder.embed(texts(300), ada), home.embedder.embed(texts(60, 'cells'), bob)]);
    const first = home.stub.calls[0]?.texts ?? [];
    assert.equal(first.filter((text) => text.startsWith('cells')).length, 48);
  });

  it('tells the model what a text is for', async () => {
    await using home = await opened();
    await home.embedder.embed(['a'], ada);
    await home.embedder.embedQuery('b');
    assert.deepEqual(
      home.stub.calls.map(({ inputType }) => inputType),
      ['search_document', 'search_query'],
    );
  });

  it('lets a query pass while texts wait for the quota', async () => {
    const { pacer, open, reserved } = gate();
    await using home = await opened({ pacer });
    const waiting = home.embedder.embed(['text'], ada);
    await reserved;
    await home.embedder.embedQuery('question');
    open();
    await waiting;
    assert.deepEqual(
      home.stub.calls.map((call) => call.texts),
      [['question'], ['text']],
    );
  });

  it('never sends a text that was withdrawn while it waited', async () => {
    const { pacer, open, reserved } = gate();
    await using home = await opened({ pacer });
    const leaseLost = new AbortController();
    const lost = home.embedder.embed(texts(50, 'lost'), { group: 'ada', signal: leaseLost.signal });
    const kept = home.embedder.embed(['kept'], bob);
    await reserved;
    leaseLost.abort(new Error('the lease is lost'));
    await assert.rejects(lost, /the lease is lost/);
    open();
    await kept;
    assert.deepEqual(
      home.stub.calls.map((call) => call.texts),
      [['kept']],
    );
  });

  it('reserves about what a call costs, and settles what Bedrock counted', async () => {
    const { pacer, open, reserved, settled } = gate();
    await using home = await opened({ pacer });
    const waiting = home.embedder.embed(['one two three four'], ada);
    assert.equal(await reserved, 5);
    open();
    await waiting;
    assert.deepEqual(settled, [{ sent: 5, spent: 5, jobs: 1 }]);
  });

  it('splits what is too much for one call by tokens', async () => {
    await using home = await opened();
    await home.embedder.embed(
      Array.from({ length: 10 }, () => 'long story '.repeat(2_900)),
      ada,
    );
    assert.deepEqual(home.stub.calls.map((call) => call.texts.length).toSorted(), [2, 8]);
  });

  it('lets one text go in a call to Titan', async () => {
    await using home = await opened({ model: 'amazon.titan-embed-text-v2:0', dimension: 512 });
    const vectors = await home.embedder.embed(texts(5), ada);
    assert.deepEqual(
      vectors.map((vector) => JSON.parse(String(vector)).length),
      [512, 512, 512, 512, 512],
    );
    assert.equal(home.counted()?.calls, 5);
  });

  it('gives vectors as the reply spells them', async () => {
    await using home = await opened({}, { vectors: 'canned' });
    const [vector] = await home.embedder.embed(['x'], ada);
    assert.match(String(vector), /^\[-?0\.\d{9},/);
  });

  it('names its model without the inference profile, for the vectors are the same', async () => {
    await using home = await opened({ model: `us.${COHERE}`, dimension: 256 });
    const { model, dimension } = home.embedder;
    assert.deepEqual({ model, dimension }, { model: COHERE, dimension: 256 });
  });
});
