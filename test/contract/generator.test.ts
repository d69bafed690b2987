import { extractiveGenerator } from '../../common/adapters/embedded/extractive/generator.ts';
import { openMiniLm } from '../../common/adapters/embedded/minilm/minilm.ts';
import { MODEL_FOLDER } from './embedder.folder.ts';
import { generatorContract } from './generator.contract.ts';

generatorContract('extractive', async () => {
  const embedder = await openMiniLm({ folder: MODEL_FOLDER, threads: 1 });
  return {
    generator: extractiveGenerator({ embedder }),
    [Symbol.asyncDispose]: () => embedder[Symbol.asyncDispose](),
  };
});
