import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from './item.ts';

/** DynamoDB's expressions, and what their placeholders (#name, :value) stand for. */
export interface Expressions {
  readonly key?: string;
  readonly filter?: string;
  readonly projection?: string;
  readonly condition?: string;
  readonly update?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

/** Expressions as the SDK's commands take them; an absent one, and an empty map, must not be there at all. */
export const requestOf = ({ key, filter, projection, condition, update, names, values }: Expressions) => ({
  ...(key !== undefined && { KeyConditionExpression: key }),
  ...(filter !== undefined && { FilterExpression: filter }),
  ...(projection !== undefined && { ProjectionExpression: projection }),
  ...(condition !== undefined && { ConditionExpression: condition }),
  ...(update !== undefined && { UpdateExpression: update }),
  ...(isFilled(names) && { ExpressionAttributeNames: names }),
  ...(isFilled(values) && { ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }) }),
});

const isFilled = <Map extends object>(map: Map | undefined): map is Map =>
  map !== undefined && Object.keys(map).length > 0;

/**
 * Hands out the placeholders of one request and remembers what they stand for: attributes may have names that DynamoDB
 * reserves.
 */
export const placeholders = () => {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  return {
    names,
    values,
    /** @param attributes from the outermost inwards */
    path: (...attributes: readonly string[]): string => {
      for (const attribute of attributes) names[`#${attribute}`] = attribute;
      return attributes.map((attribute) => `#${attribute}`).join('.');
    },
    value: (value: unknown): string => {
      const placeholder = `:${Object.keys(values).length}`;
      values[placeholder] = value;
      return placeholder;
    },
  };
};

/** @param fields each from the outermost attribute inwards */
export const projectionOf = (fields: readonly (readonly string[])[]): Pick<Expressions, 'projection' | 'names'> => {
  const { path, names } = placeholders();
  return { projection: fields.map((attributes) => path(...attributes)).join(', '), names };
};

/** @param sets as `a = b` @param removes paths */
export const updateOf = (sets: readonly string[], removes: readonly string[]): string =>
  [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
  ].join(' ');
