import { modelFile } from './model-file.ts';
import { openSession } from './session.ts';
import { openTokenizer } from './tokenizer.ts';
import { fastestExactWeights } from './weight-type.ts';
import { TOKENIZER_PATH, WEIGHTS_PATH } from './weights.ts';

/** Opens tokenizer and session; the model's file is made in `folder` if it is not there. For a worker thread. */
export const openModel = async (folder: string) => {
  const path = modelFile(folder, { weightsPath: WEIGHTS_PATH, weightType: await fastestExactWeights() });
  const session = await openSession(path);
  return { ...session, tokensOf: openTokenizer(TOKENIZER_PATH) };
};
