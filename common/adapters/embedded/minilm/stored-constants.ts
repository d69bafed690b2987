import type { Constant, StoredConstant } from './onnx.ts';
import type { Encoded } from './protobuf.ts';

/** What is smaller stays in the model. */
const BYTES_AT_LEAST = 1 << 16;
/** Windows maps files from multiples of 64 KiB, other systems from multiples of a page, which is no more. */
const ALIGNMENT = 1 << 16;

/**
 * Moves the large constants of a graph to a file of their own, from where they are mapped and not copied: threads and
 * processes share them, and loading needs no memory for a second copy.
 * @param file name of the other file
 * @returns the constants, in which the large ones name their place, and the content of the other file
 */
export const storeApart = (constants: ReadonlyMap<string, Constant>, file: string) => {
  const placed = new Map<string, Constant | StoredConstant>();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (const [name, constant] of constants) {
    const { type, shape, data } = constant;
    if (data.length < BYTES_AT_LEAST) {
      placed.set(name, constant);
      continue;
    }
    const gap = (ALIGNMENT - (size % ALIGNMENT)) % ALIGNMENT;
    pieces.push(new Uint8Array(gap), data);
    placed.set(name, { type, shape, file, offset: size + gap, length: data.length });
    size += gap + data.length;
  }
  const content: Encoded = { pieces, size };
  return { constants: placed, content };
};
