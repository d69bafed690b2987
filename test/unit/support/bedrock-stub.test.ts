import assert from 'node:assert/strict';
import { ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { tokenBucket } from '../../support/bedrock-stub/bucket.ts';
import { spawnBedrockStub } from '../../support/bedrock-stub/process.ts';
import { clientOf, temporaryBedrock } from '../../support/bedrock-stub/temporary-bedrock.ts';

const COHERE = 'cohere.embed-v4:0';
const CLAUDE = 'anthropic.claude-3-haiku-20240307-v1:0';

const invoke = (modelId: string, body: object) => new InvokeModelCommand({ modelId, body: JSON.stringify(body) });
const cohere = (texts: readonly string[], modelId = COHERE) =>
  invoke(modelId, { texts, input_type: 'search_document', embedding_types: ['float'] });
const asked = (text: string) => ({
  modelId: CLAUDE,
  messages: [{ role: 'user' as const, content: [{ text }] }],
  inferenceConfig: { maxTokens: 100 },
});
const PROMPT =
  '<passage n="1">\nThe oven is hot. A loaf bakes for an hour.\n</passage>\n<question>\nHow long does a loaf bake?\n</question>';

describe('The Bedrock stub, seen by the SDK', () => {
  it('embeds with Cohere and Titan, at their dimensions, by model id, profile and ARN', async () => {
    await using bedrock = await temporaryBedrock();
    const lengthOf = async (command: InvokeModelCommand) => {
      const reply = JSON.parse((await bedrock.client.send(command)).body.transformToString());
      return (reply.embeddings?.float[0] ?? reply.embedding).length;
    };
    const arn = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${COHERE}`;
    for (const id of [COHERE, `eu.${COHERE}`, arn]) assert.equal(await lengthOf(cohere(['x'], id)), 1536);
    assert.equal(await lengthOf(cohere(['x'], 'cohere.embed-english-v3')), 1024);
    assert.equal(await lengthOf(invoke('amazon.titan-embed-text-v1', { inputText: 'x' })), 1536);
    assert.equal(await lengthOf(invoke('amazon.titan-embed-text-v2:0', { inputText: 'x', dimensions: 256 })), 256);
  });

  it('refuses what the models refuse', async () => {
    await using bedrock = await temporaryBedrock();
    const refused = [
      cohere(Array.from({ length: 97 }, () => 'x')),
      cohere([' ']),
      cohere(['x'.repeat(2_049)], 'cohere.embed-english-v3'),
      invoke(COHERE, { texts: ['x'] }),
      invoke(COHERE, { texts: ['x'], input_type: 'search_query', output_dimension: 300 }),
      invoke('amazon.titan-embed-text-v1', { inputText: 'word '.repeat(8_193) }),
      invoke('amazon.titan-embed-text-v1', { inputText: ['x', 'y'] }),
      invoke('somebody.model', { inputText: 'x' }),
    ];
    for (const command of refused) await assert.rejects(bedrock.client.send(command), { name: 'ValidationException' });
  });

  it('throttles over its tokens, refills them all the time, and counts what it did', async () => {
    await using bedrock = await temporaryBedrock({ tokensPerMinute: 60, burstSeconds: 10 });
    await bedrock.client.send(cohere(['one two three four five six seven eight']));
    await assert.rejects(bedrock.client.send(cohere(['one two three four five'])), { name: 'ThrottlingException' });
    bedrock.stub.change({ tokensPerMinute: 600_000 });
    await bedrock.client.send(cohere(['one two', 'three']));
    const { calls, texts, throttled } = bedrock.stub.counters()[COHERE] ?? {};
    assert.deepEqual({ calls, texts, throttled }, { calls: 2, texts: 3, throttled: 1 });
  });

  it('throttles over its requests, of each model by itself', async () => {
    await using bedrock = await temporaryBedrock({ requestsPerMinute: 6, burstSeconds: 10 });
    await bedrock.client.send(cohere(['x']));
    await assert.rejects(bedrock.client.send(cohere(['x'])), { name: 'ThrottlingException' });
    await bedrock.client.send(cohere(['x'], 'cohere.embed-english-v3'));
  });

  it('streams an answer that cites a passage', async () => {
    await using bedrock = await temporaryBedrock();
    const { stream = [] } = await bedrock.client.send(new ConverseStreamCommand(asked(PROMPT)));
    let text = '';
    const kinds = new Set<string>();
    for await (const event of stream) {
      for (const kind of Object.keys(event)) kinds.add(kind);
      text += event.contentBlockDelta?.delta?.text ?? '';
    }
    assert.equal(text, 'A loaf bakes for an hour. [1]');
    const order = ['messageStart', 'contentBlockDelta', 'contentBlockStop', 'messageStop', 'metadata'];
    assert.deepEqual([...kinds], order);
  });

  it('says in one piece what it is told to say, and counts tokens', async () => {
    await using bedrock = await temporaryBedrock({ says: 'Forty-two [9].' });
    const { output, usage } = await bedrock.client.send(new ConverseCommand(asked(PROMPT)));
    assert.equal(output?.message?.content?.[0]?.text, 'Forty-two [9].');
    assert.ok((usage?.inputTokens ?? 0) > 10);
  });

  it('breaks a stream off with a throttle', async () => {
    await using bedrock = await temporaryBedrock({ throttlesAfterPieces: 1 });
    const { stream = [] } = await bedrock.client.send(new ConverseStreamCommand(asked(PROMPT)));
    const read = async () => {
      for await (const _ of stream);
    };
    await assert.rejects(read(), { name: 'ThrottlingException' });
  });

  it('refuses conversations that do not alternate', async () => {
    await using bedrock = await temporaryBedrock();
    const { messages, modelId } = asked(PROMPT);
    const command = new ConverseCommand({ modelId, messages: [...messages, ...messages] });
    await assert.rejects(bedrock.client.send(command), { name: 'ValidationException' });
  });

  it('cuts connections while it is away', async () => {
    await using bedrock = await temporaryBedrock({ isAway: true });
    await assert.rejects(bedrock.client.send(cohere(['x'])), { code: 'ECONNRESET' });
    bedrock.stub.change({ isAway: false });
    await bedrock.client.send(cohere(['x']));
  });

  it('runs as a process of its own, steered from outside', async () => {
    await using stub = await spawnBedrockStub({ vectors: 'canned' });
    const client = clientOf(stub.url);
    await client.send(cohere(['x', 'y']));
    await stub.change({ isThrottling: true });
    await assert.rejects(client.send(cohere(['x'])), { name: 'ThrottlingException' });
    client.destroy();
    const { texts, throttled } = (await stub.counters())[COHERE] ?? {};
    assert.deepEqual({ texts, throttled }, { texts: 2, throttled: 1 });
  });
});

describe('The token bucket of the Bedrock stub', () => {
  const quota = { perMinute: 60_000, burstSeconds: 2 };

  it('holds what its seconds hold, and refills by the ms', () => {
    const bucket = tokenBucket();
    assert.ok(bucket.has(2_000, quota, 0));
    bucket.take(2_000);
    assert.ok(!bucket.has(500, quota, 499));
    assert.ok(bucket.has(500, quota, 500));
  });

  it('lets what is larger go when it is full, and is in debt then', () => {
    const bucket = tokenBucket();
    assert.ok(bucket.has(10_000, quota, 0));
    bucket.take(10_000);
    assert.ok(!bucket.has(1, quota, 8_000));
    assert.ok(bucket.has(1, quota, 8_001));
  });
});
