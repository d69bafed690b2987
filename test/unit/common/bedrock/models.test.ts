import assert from 'node:assert/strict';
import { bedrockErrorOf } from '../../../../common/adapters/aws/bedrock/bedrock-errors.ts';
import { dimensionOf, embeddingModelOf } from '../../../../common/adapters/aws/bedrock/embedding-models.ts';
import { vectorsIn } from '../../../../common/adapters/aws/bedrock/reply.ts';
import { estimateTokens, fitted } from '../../../../common/adapters/aws/bedrock/text.ts';
import { numbersOf } from '../../../../common/domain/vector.ts';

const cohere = embeddingModelOf('cohere.embed-v4:0');
const titan = embeddingModelOf('amazon.titan-embed-text-v1');
const bytes = (text: string) => new TextEncoder().encode(text);
const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('The embedding models of Bedrock', () => {
  it('are known by their ids, by inference profiles and by ARNs', () => {
    const arns = [
      'arn:aws:bedrock:eu-west-1::foundation-model/cohere.embed-v4:0',
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.cohere.embed-v4:0',
    ];
    for (const id of ['us.cohere.embed-v4:0', 'global.cohere.embed-v4:0', ...arns]) {
      assert.equal(embeddingModelOf(id), cohere);
    }
  });

  it('are named where another is set', () => {
    assert.throws(() => embeddingModelOf('my-cohere.embed-v5:0'), { code: 'invalid', message: /cohere\.embed-v4:0/ });
    assert.throws(() => dimensionOf(cohere, 300), { code: 'invalid', message: /1536, 1024, 512, 256/ });
  });
});

describe('vectorsIn, the reply reader', () => {
  const expected = { count: 2, dimension: 3 };

  it('cuts the vectors out as they are spelt', () => {
    const reply = bytes('{"id":"a","embeddings":{"float":[[0.10,-2e-3,3],[4,5,6.0]]},"texts":["x","y"]}');
    assert.deepEqual(vectorsIn(reply, cohere, expected), ['[0.10,-2e-3,3]', '[4,5,6.0]']);
  });

  it('is not misled by what the texts say', () => {
    const texts = JSON.stringify(['"float":[[7,7,7],[8,8,8]]', 'a "float"', 'float']);
    const reply = bytes(`{"texts":${texts},"embeddings":{"float":[[1,2,3],[4,5,6]]}}`);
    assert.deepEqual(vectorsIn(reply, cohere, expected), ['[1,2,3]', '[4,5,6]']);
  });

  it('takes white space, and keeps a vector on one line', () => {
    const reply = bytes('{ "embeddings" : { "float" : [\n [1,\n 2, 3],\n [4, 5, 6] ] } }');
    assert.deepEqual(vectorsIn(reply, cohere, expected), ['[1,2,3]', '[4,5,6]']);
  });

  it('brings vectors to length 1 where the model does not', () => {
    const [vector = ''] = vectorsIn(bytes('{"embedding":[3,0,4],"inputTextTokenCount":2}'), titan, {
      count: 1,
      dimension: 3,
    });
    assert.deepEqual(
      [...numbersOf(vector)].map((x) => x.toFixed(3)),
      ['0.600', '0.000', '0.800'],
    );
  });

  it('refuses a reply with fewer vectors, other dimensions, or none', () => {
    const read = (reply: string) => () => vectorsIn(bytes(reply), cohere, expected);
    assert.throws(read('{"embeddings":{"float":[[1,2,3]]}}'), /1 vectors for 2 texts/);
    assert.throws(read('{"embeddings":{"float":[[1,2],[3,4]]}}'), /2 numbers a vector, not 3/);
    assert.throws(read('{"message":"float"}'), /no "float"/);
  });
});

describe('fitted, what is sent of a text', () => {
  it('is the text, as long as the model reads it', () => {
    assert.equal(fitted('A text.', cohere), 'A text.');
  });

  it('ends between characters, where the model would refuse more', () => {
    assert.equal(fitted('a'.repeat(100_000), titan).length, 16_384);
    assert.equal(fitted('漢'.repeat(10_000), titan).length, 4_096);
    const cut = fitted(`a${'🙂'.repeat(20_000)}`, titan);
    assert.ok(cut.isWellFormed());
    assert.equal(estimateTokens(cut) <= titan.textTokens, true);
  });

  it('is never empty and always well-formed', () => {
    for (const text of ['', ' \n\t ', '\0']) assert.equal(fitted(text, cohere), '.');
    assert.equal(fitted('a\uD800b', cohere), 'a\uFFFDb');
  });
});

describe('bedrockErrorOf', () => {
  it('tells what to do where the account may not use the model', () => {
    const errors = [
      named('AccessDeniedException'),
      named('ValidationException', 'Invocation of model ID x with on-demand throughput is not supported.'),
    ];
    for (const error of errors) {
      const mapped = bedrockErrorOf(error, 'x') as Error & { code?: string };
      assert.equal(mapped.code, 'unavailable');
      assert.match(mapped.message, /Ask for access to it/);
    }
  });

  it('leaves a refusal as it is, and lets pass what passes', () => {
    const refusal = named('ValidationException', 'too long');
    assert.equal(bedrockErrorOf(refusal, 'x'), refusal);
    const codeOf = (name: string) => (bedrockErrorOf(named(name), 'x') as { code?: string }).code;
    assert.equal(codeOf('ThrottlingException'), 'throttled');
    assert.equal(codeOf('ServiceQuotaExceededException'), 'throttled');
    assert.equal(codeOf('ModelTimeoutException'), 'unavailable');
  });
});
