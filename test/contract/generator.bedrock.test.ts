import { bedrockGenerator } from '../../common/adapters/aws/bedrock/generator.ts';
import { temporaryBedrock } from '../support/bedrock-stub/temporary-bedrock.ts';
import { generatorContract } from './generator.contract.ts';

for (const refusesStreaming of [false, true]) {
  generatorContract(`Bedrock, ${refusesStreaming ? 'in one piece' : 'streamed'}`, async () => {
    const { client, [Symbol.asyncDispose]: dispose } = await temporaryBedrock({ refusesStreaming });
    const generator = bedrockGenerator({ client, model: 'anthropic.claude-3-haiku-20240307-v1:0' });
    return { generator, [Symbol.asyncDispose]: dispose };
  });
}
