import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isGone, processName } from '../../process/process-name.ts';
import { fileErrorOf, isMissing } from '../file-errors.ts';
import { bertGraph, GRAPH_VERSION } from './bert-graph.ts';
import { modelProto } from './onnx.ts';
import type { Encoded } from './protobuf.ts';
import type { WeightType } from './quantize.ts';
import { openSafetensors } from './safetensors.ts';
import { isWhole, sha256OfFile, writeSealed } from './sealed-file.ts';
import { storeApart } from './stored-constants.ts';

const isReady = (path: string): boolean => {
  try {
    return isWhole(path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

const PARTIAL = /\.(?:onnx|weights)\.(\d+@.+)\.[\da-f-]{36}\.partial$/;
const partialOf = (path: string): string => `${path}.${processName()}.${randomUUID()}.partial`;

/** What a process that was killed has left half written. */
const removeOrphans = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const owner = PARTIAL.exec(name)?.[1];
    if (owner !== undefined && isGone(owner)) rmSync(join(folder, name), { force: true });
  }
};

/** All or nothing. */
const put = (path: string, content: Encoded): void => {
  const partial = partialOf(path);
  try {
    writeSealed(partial, content);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    if (!isReady(path)) throw error; // else another process was first, and Windows keeps what is in use
  }
};

const make = (model: string, weights: string, { weightsPath, weightType }: ModelSource): void => {
  using tensors = openSafetensors(weightsPath);
  const graph = bertGraph(tensors, weightType);
  const { constants, content } = storeApart(graph.constants, basename(weights));
  put(weights, content);
  put(model, modelProto({ ...graph, constants }));
};

export interface ModelSource {
  /** safetensors, half precision. */
  readonly weightsPath: string;
  readonly weightType: WeightType;
}

/**
 * The path of the model's ONNX file in `folder`. It is made the first time (0.3 s), beside its weights (36 MB) that
 * the threads of all processes map into memory and share, and again if a byte of either is not as it was written.
 * Their names say what they are made from, so programs of several versions share a folder; processes that begin at
 * once each make them, and the last one to rename wins. Blocks: for a worker thread.
 * Throws `storage_full`, and `unavailable` where they cannot be read or written.
 */
export const modelFile = (folder: string, source: ModelSource): string => {
  try {
    const key = sha256OfFile(source.weightsPath).slice(0, 16);
    const base = join(folder, `all-minilm-l6-v2-${key}-${GRAPH_VERSION}-${source.weightType}`);
    const [model, weights] = [`${base}.onnx`, `${base}.weights`];
    mkdirSync(folder, { recursive: true });
    removeOrphans(folder);
    if (!isReady(weights) || !isReady(model)) make(model, weights, source);
    return model;
  } catch (error) {
    throw fileErrorOf(error);
  }
};
