/** How one item of a bulk request ends. */
type BulkItem = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface BulkReply {
  readonly took: number;
  readonly errors: boolean;
  readonly items: readonly BulkItem[];
}

export interface DividedBulk {
  /** The request with what is to be done; empty when that is nothing. */
  readonly rest: string;
  readonly items: number;
  /** The ends of what is not to be done, by its place in the request. */
  readonly refused: ReadonlyMap<number, BulkItem>;
}

const REASONS: Readonly<Record<number, { type: string; reason: string }>> = {
  429: { type: 'rejected_execution_exception', reason: 'rejected execution of coordinating operation' },
  503: { type: 'unavailable_shards_exception', reason: 'primary shard is not active' },
};

/**
 * Takes items out of a bulk request of OpenSearch, whose lines are an action and, but for deletions, its source.
 * @param index of the request's path, for actions that name none
 * @param draw the status that the next item fails with, 429 or 503; undefined: it is done
 */
export const divideBulk = (body: string, index: string | undefined, draw: () => number | undefined): DividedBulk => {
  const lines = body.split('\n').filter((line) => line !== '');
  const rest: string[] = [];
  const refused = new Map<number, BulkItem>();
  let items = 0;
  for (let at = 0; at < lines.length; items += 1) {
    const [verb, target] = Object.entries(JSON.parse(lines[at] ?? '{}'))[0] as [string, object];
    const length = verb === 'delete' ? 1 : 2;
    const status = draw();
    if (status === undefined) rest.push(...lines.slice(at, at + length));
    else refused.set(items, { [verb]: { ...(index && { _index: index }), ...target, status, error: REASONS[status] } });
    at += length;
  }
  return { rest: rest.map((line) => `${line}\n`).join(''), items, refused };
};

/** The reply as the server itself would have given it, had it refused those. @param done to the rest of the request */
export const joinBulk = ({ items, refused }: DividedBulk, done: BulkReply): BulkReply => {
  const ends = done.items.values();
  const all = Array.from({ length: items }, (_, place) => refused.get(place) ?? ends.next().value);
  return { ...done, errors: done.errors || refused.size > 0, items: all.filter((item) => item !== undefined) };
};
