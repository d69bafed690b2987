import { InferenceSession, Tensor, type TypedTensor } from 'onnxruntime-node';
import { INPUT, OUTPUT } from './bert-graph.ts';

/** One thread that does not spin: as many sessions run side by side as there are worker threads. */
export const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableMemPattern: false, // texts differ in length: a pattern for each would be kept and seldom used again
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
};

/** Opens the model's file. A run blocks its thread: for a worker thread. */
export const openSession = async (path: string) => {
  const session = await InferenceSession.create(path, SESSION_OPTIONS);
  return {
    /** @param tokens ids from [CLS] to [SEP] */
    async vectorOf(tokens: Int32Array): Promise<Float32Array> {
      const results = await session.run({ [INPUT]: new Tensor('int32', tokens, [1, tokens.length]) });
      return (results[OUTPUT] as TypedTensor<'float32'>).data;
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
};
