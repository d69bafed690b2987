/** How many hash keys share what would be one hot partition: DynamoDB takes 1,000 writes a second on one. */
const SHARDS = 8;

/** FNV-1a, 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/ */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** From 0 to 7, always the same for an id, evenly over ids. Its upper half: the lowest bits mix least. */
const shardOf = (id: string): number => {
  let hash = OFFSET;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), PRIME);
  return (hash >>> 16) % SHARDS;
};

/** The hash key of a sharded index: `status#n`. */
export const shardKey = (value: string, id: string): string => `${value}#${shardOf(id)}`;

/** All hash keys under which items of this value are. */
export const shardKeys = (value: string): string[] => Array.from({ length: SHARDS }, (_, shard) => `${value}#${shard}`);
