import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileErrorOf, isMissing } from '../file-errors.ts';
import { isGone, processName } from '../process-name.ts';
import { bertGraph, GRAPH_VERSION } from './bert-graph.ts';
import { modelProto } from './onnx.ts';
import type { WeightType } from './quantize.ts';
import { openSafetensors } from './safetensors.ts';
import { isWhole, sha256OfFile, writeSealed } from './sealed-file.ts';

const isReady = (path: string): boolean => {
  try {
    return isWhole(path);
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

const PARTIAL = /\.onnx\.(\d+@.+)\.[\da-f-]{36}\.partial$/;
const partialOf = (path: string): string => `${path}.${processName()}.${randomUUID()}.partial`;

/** What a process that was killed has left half written. */
const removeOrphans = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const owner = PARTIAL.exec(name)?.[1];
    if (owner !== undefined && isGone(owner)) rmSync(join(folder, name), { force: true });
  }
};

const make = (path: string, weightsPath: string, weightType: WeightType): void => {
  const partial = partialOf(path);
  try {
    using weights = openSafetensors(weightsPath);
    writeSealed(partial, modelProto(bertGraph(weights, weightType)));
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    if (!isReady(path)) throw error; // else another process was first, and Windows keeps what it reads
  }
};

/**
 * The path of the model's ONNX file in `folder`, which is made there the first time (0.3 s, 35 MB) and again if it is
 * broken. Its name says what it is made from, so programs of several versions share a folder; processes that begin
 * at once each make it, and the last one to rename wins. Blocks: for a worker thread.
 * Throws `storage_full`, and `unavailable` where it cannot be read or written.
 */
export const modelFile = (folder: string, weightsPath: string, weightType: WeightType): string => {
  try {
    const key = sha256OfFile(weightsPath).slice(0, 16);
    const path = join(folder, `all-minilm-l6-v2-${key}-${GRAPH_VERSION}-${weightType}.onnx`);
    mkdirSync(folder, { recursive: true });
    removeOrphans(folder);
    if (!isReady(path)) make(path, weightsPath, weightType);
    return path;
  } catch (error) {
    throw fileErrorOf(error);
  }
};
