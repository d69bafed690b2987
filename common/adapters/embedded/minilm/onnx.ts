import { bytes, type Encoded, float, integer, message, nested, text } from './protobuf.ts';

/** ONNX messages by field number. Source: onnx.proto3 of the ONNX project, IR version 8. */

const DATA_TYPES = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type DataType = keyof typeof DATA_TYPES;
/** What a Cast names its target by. */
export const FLOAT32: number = DATA_TYPES.float32;

const IR_VERSION = 8;
const OPSETS = { '': 17, 'com.microsoft': 1 } as const;
/** '' is ONNX's own set of operators. */
export type Domain = keyof typeof OPSETS;

const ATTRIBUTE_TYPES = { float: 1, integer: 2, integers: 7 } as const;
export type Attribute =
  | { readonly float: number }
  | { readonly integer: number }
  | { readonly integers: readonly number[] };

interface Shaped {
  readonly type: DataType;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
}

export interface Constant extends Shaped {
  /** Row-major, little-endian. */
  readonly data: Uint8Array;
}

/** A constant whose bytes lie in another file of the same folder. */
export interface StoredConstant extends Shaped {
  readonly file: string;
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: Domain;
}

/** A named input or output; a dimension that is a name may have any length. */
export interface Value {
  readonly name: string;
  readonly type: DataType;
  readonly shape: readonly (number | string)[];
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant | StoredConstant>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

const valueFields = (attribute: Attribute): readonly Encoded[] => {
  if ('float' in attribute) return [float(2, attribute.float), integer(20, ATTRIBUTE_TYPES.float)];
  if ('integer' in attribute) return [integer(3, attribute.integer), integer(20, ATTRIBUTE_TYPES.integer)];
  return [...attribute.integers.map((value) => integer(8, value)), integer(20, ATTRIBUTE_TYPES.integers)];
};

const nodeProto = ({ operator, inputs, outputs, attributes = {}, domain = '' }: Node): Encoded =>
  message(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => nested(5, message(text(1, name), ...valueFields(value)))),
    text(7, domain),
  );

const entry = (key: string, value: string): Encoded => message(text(1, key), text(2, value));

const STORED_ELSEWHERE = 1;
const contentOf = (constant: Constant | StoredConstant): readonly Encoded[] => {
  if ('data' in constant) return [bytes(9, constant.data)];
  const { file, offset, length } = constant;
  const place = { location: file, offset: String(offset), length: String(length) };
  return [...Object.entries(place).map((item) => nested(13, entry(...item))), integer(14, STORED_ELSEWHERE)];
};

const tensorProto = ([name, constant]: [string, Constant | StoredConstant]): Encoded =>
  message(
    ...constant.shape.map((length) => integer(1, length)),
    integer(2, DATA_TYPES[constant.type]),
    text(8, name),
    ...contentOf(constant),
  );

const dimensionProto = (dimension: number | string): Encoded =>
  message(typeof dimension === 'string' ? text(2, dimension) : integer(1, dimension));

const valueProto = ({ name, type, shape }: Value): Encoded => {
  const dimensions = message(...shape.map((dimension) => nested(1, dimensionProto(dimension))));
  const tensorType = message(integer(1, DATA_TYPES[type]), nested(2, dimensions));
  return message(text(1, name), nested(2, message(nested(1, tensorType))));
};

const graphProto = ({ nodes, constants, inputs, outputs }: Graph): Encoded =>
  message(
    ...nodes.map((node) => nested(1, nodeProto(node))),
    text(2, 'graph'),
    ...[...constants].map((constant) => nested(5, tensorProto(constant))),
    ...inputs.map((value) => nested(11, valueProto(value))),
    ...outputs.map((value) => nested(12, valueProto(value))),
  );

/** A whole ONNX file. */
export const modelProto = (graph: Graph): Encoded =>
  message(
    integer(1, IR_VERSION),
    nested(7, graphProto(graph)),
    ...Object.entries(OPSETS).map(([domain, version]) => nested(8, message(text(1, domain), integer(2, version)))),
  );

/** A note that may follow a whole file: readers take it for a field of the model. */
export const metadataProto = (key: string, value: string): Encoded => message(nested(14, entry(key, value)));
