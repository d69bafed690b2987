import type { Attribute, Constant, DataType, Domain, Node } from './onnx.ts';

/** The name of a value in a graph: a constant, an input, or what a node gives. */
export type Name = string;

/** Collects the nodes and constants of a graph, and names them. */
export const graphBuilder = () => {
  const nodes: Node[] = [];
  const constants = new Map<Name, Constant>();

  const constant = (type: DataType, shape: readonly number[], data: ArrayBufferView): Name => {
    const name = `constant-${constants.size}`;
    constants.set(name, { type, shape, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) });
    return name;
  };

  return {
    nodes,
    constants,
    constant,
    floats: (shape: readonly number[], values: Float32Array): Name => constant('float32', shape, values),
    /** A scalar. */
    int64: (value: number): Name => constant('int64', [], BigInt64Array.of(BigInt(value))),

    /** An operator with several results. */
    nodeOf(
      operator: string,
      inputs: readonly Name[],
      { results, domain = '' }: { results: number; domain?: Domain },
    ): readonly Name[] {
      const outputs = Array.from({ length: results }, (_, index) => `${operator}-${nodes.length}-${index}`);
      nodes.push({ operator, inputs, outputs, domain });
      return outputs;
    },

    /** An operator of ONNX's own set, with one result. */
    node(operator: string, inputs: readonly Name[], attributes: Readonly<Record<string, Attribute>> = {}): Name {
      const output = `${operator}-${nodes.length}`;
      nodes.push({ operator, inputs, outputs: [output], attributes });
      return output;
    },

    /** An operator that ONNX Runtime adds, with one result. */
    contributed(operator: string, inputs: readonly Name[], attributes: Readonly<Record<string, Attribute>> = {}): Name {
      const output = `${operator}-${nodes.length}`;
      nodes.push({ operator, inputs, outputs: [output], attributes, domain: 'com.microsoft' });
      return output;
    },
  };
};

export type GraphBuilder = ReturnType<typeof graphBuilder>;
