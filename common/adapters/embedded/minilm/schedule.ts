/** Who is next: pure, and knows nothing of threads. */

/** What waits: queries, then what has to be tried again, then texts, the groups taking turns one text at a time. */
export const schedule = <Item>() => {
  const queries: Item[] = [];
  const again: Item[] = [];
  const groups = new Map<string, Item[]>();

  const remove = (list: Item[], items: ReadonlySet<Item>): Item[] => list.filter((item) => !items.has(item));

  const nextInTurn = (): Item | undefined => {
    const [turn] = groups;
    if (turn === undefined) return undefined;
    const [group, items] = turn;
    const item = items.shift();
    groups.delete(group);
    if (items.length > 0) groups.set(group, items); // to the end: the others come first
    return item;
  };

  return {
    addQuery: (item: Item): void => void queries.push(item),
    addText(item: Item, group: string): void {
      const items = groups.get(group);
      if (items === undefined) groups.set(group, [item]);
      else items.push(item);
    },
    addAgain: (item: Item): void => void again.push(item),
    nextQuery: (): Item | undefined => queries.shift(),
    nextText: (): Item | undefined => again.shift() ?? nextInTurn(),
    hasQueries: (): boolean => queries.length > 0,
    hasTexts: (): boolean => again.length > 0 || groups.size > 0,
    withdraw(items: ReadonlySet<Item>): void {
      again.splice(0, again.length, ...remove(again, items));
      for (const [group, waiting] of groups) {
        const left = remove(waiting, items);
        if (left.length > 0) groups.set(group, left);
        else groups.delete(group);
      }
    },
    /** Empties it. */
    takeAll(): Item[] {
      const all = [...queries, ...again, ...[...groups.values()].flat()];
      queries.length = 0;
      again.length = 0;
      groups.clear();
      return all;
    },
  };
};

/** What a thread has been given and not answered yet. */
export interface Load {
  readonly queries: number;
  readonly texts: number;
  /** In all texts together. */
  readonly characters: number;
  /** When it began what it is at, in ms of any clock; undefined when it is at nothing. */
  readonly busySince: number | undefined;
}

/**
 * A thread holds more than it works on, so that it never waits for the main thread: about 50 ms of work where 256
 * tokens take 14 ms. It costs queries nothing, for they go first there too.
 */
const TEXTS_AT_MOST = 64;
const CHARACTERS_AT_MOST = 6_000;

const hasRoom = ({ texts, characters }: Load): boolean => texts < TEXTS_AT_MOST && characters < CHARACTERS_AT_MOST;

const firstBy = <Candidate extends Load>(
  candidates: readonly Candidate[],
  compare: (a: Candidate, b: Candidate) => number,
): Candidate | undefined => candidates.toSorted(compare)[0];

/** The thread with the least to do; undefined when each has enough. */
export const threadForText = <Candidate extends Load>(candidates: readonly Candidate[]): Candidate | undefined =>
  firstBy(candidates.filter(hasRoom), (a, b) => a.characters - b.characters || a.texts - b.texts);

/** The thread that will be free first: it takes a query before the texts that it holds. */
export const threadForQuery = <Candidate extends Load>(candidates: readonly Candidate[]): Candidate | undefined =>
  firstBy(candidates, (a, b) => a.queries - b.queries || (a.busySince ?? 0) - (b.busySince ?? 0));
