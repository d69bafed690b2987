import { type GraphBuilder, graphBuilder, type Name } from './graph-builder.ts';
import { type Constant, FLOAT32, type Graph } from './onnx.ts';
import { quantize, type WeightType } from './quantize.ts';
import type { Safetensors } from './safetensors.ts';

/** Raise with each change of the graph: files that were made for another version are not used. */
export const GRAPH_VERSION = 1;

export const INPUT = 'tokens';
export const OUTPUT = 'vector';

/** all-MiniLM-L6-v2, as its config.json says. */
export const DIMENSION = 384;
const LAYERS = 6;
const HEADS = 12;
const EPSILON = 1e-12;

type Weights = Pick<Safetensors, 'floats' | 'halves'>;

type BertGraph = Graph & { readonly constants: ReadonlyMap<string, Constant> };

/**
 * The encoder as an ONNX graph: the ids of one text's tokens (int32, [1, tokens]) to its vector of length 1
 * (float32, [1, 384]). One text at a time needs no padding, hence no mask, which spares attention 20 % of its time.
 * Linear layers multiply eight-bit numbers; the embeddings of words stay in half precision.
 * Source: Devlin et al., "BERT", 2018; the model's card for mean pooling and length 1.
 */
export const bertGraph = (weights: Weights, weightType: WeightType): BertGraph => {
  const graph = graphBuilder();
  const layers = layersOf(graph, weights, weightType);
  let hidden = layers.embedding(INPUT);
  for (let layer = 0; layer < LAYERS; layer++) hidden = layers.encoder(hidden, `encoder.layer.${layer}`);
  const mean = graph.node('ReduceMean', [hidden], { axes: { integers: [1] }, keepdims: { integer: 0 } });
  graph.nodes.push({
    operator: 'LpNormalization',
    inputs: [mean],
    outputs: [OUTPUT],
    attributes: { axis: { integer: -1 }, p: { integer: 2 } },
  });
  return {
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: [{ name: INPUT, type: 'int32', shape: [1, 'tokens'] }],
    outputs: [{ name: OUTPUT, type: 'float32', shape: [1, DIMENSION] }],
  };
};

const layersOf = (graph: GraphBuilder, weights: Weights, weightType: WeightType) => {
  const floats = (name: string): Name => {
    const { shape, values } = weights.floats(name);
    return graph.floats(shape, values);
  };

  const normalized = (input: Name, name: string): Name =>
    graph.node('LayerNormalization', [input, floats(`${name}.weight`), floats(`${name}.bias`)], {
      axis: { integer: -1 },
      epsilon: { float: EPSILON },
    });

  /** Values in eight bits, their scale, their zero point: found anew for each text. */
  const quantized = (input: Name): readonly Name[] => graph.nodeOf('DynamicQuantizeLinear', [input], { results: 3 });

  const linear = ([values, scale, zeroPoint]: readonly Name[], name: string): Name => {
    const { shape, values: weight } = weights.floats(`${name}.weight`);
    const matrix = quantize(weight, shape as [number, number], weightType);
    const outputs = [matrix.scales.length];
    return graph.contributed('MatMulIntegerToFloat', [
      values as Name,
      graph.constant(weightType, matrix.shape, matrix.data),
      scale as Name,
      graph.floats(outputs, matrix.scales),
      zeroPoint as Name,
      graph.constant(weightType, outputs, matrix.zeroPoints),
      floats(`${name}.bias`),
    ]);
  };

  const attention = (input: Name, name: string): Name => {
    const shared = quantized(input);
    const parts = ['query', 'key', 'value'].map((part) => linear(shared, `${name}.self.${part}`));
    const mixed = graph.contributed('MultiHeadAttention', parts, { num_heads: { integer: HEADS } });
    return linear(quantized(mixed), `${name}.output.dense`);
  };

  return {
    embedding(tokens: Name): Name {
      const words = weights.halves('embeddings.word_embeddings.weight');
      const halves = graph.node('Gather', [graph.constant('float16', words.shape, words.data), tokens]);
      const meaning = graph.node('Cast', [halves], { to: { integer: FLOAT32 } });
      const length = graph.node('Gather', [graph.node('Shape', [tokens]), graph.int64(1)]);
      const places = graph.node('Range', [graph.int64(0), length, graph.int64(1)]);
      const position = graph.node('Gather', [graph.floats(...positionsAndType(weights)), places]);
      return normalized(graph.node('Add', [meaning, position]), 'embeddings.LayerNorm');
    },
    encoder(input: Name, name: string): Name {
      const attended = graph.node('Add', [attention(input, `${name}.attention`), input]);
      const middle = normalized(attended, `${name}.attention.output.LayerNorm`);
      const wide = graph.contributed('Gelu', [linear(quantized(middle), `${name}.intermediate.dense`)]);
      const narrow = linear(quantized(wide), `${name}.output.dense`);
      return normalized(graph.node('Add', [narrow, middle]), `${name}.output.LayerNorm`);
    },
  };
};

/** Every token is of type 0 here, so its embedding is added to those of the positions once and for all. */
const positionsAndType = (weights: Weights): [shape: readonly number[], values: Float32Array] => {
  const positions = weights.floats('embeddings.position_embeddings.weight');
  const types = weights.floats('embeddings.token_type_embeddings.weight');
  const sums = positions.values.map((value, index) => value + (types.values[index % DIMENSION] as number));
  return [positions.shape, sums];
};
