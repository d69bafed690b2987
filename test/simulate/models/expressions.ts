/** An item of DynamoDB, as far as it has numbers. */
export type Numbers = ReadonlyMap<string, number>;

/** What the placeholders of a request stand for. */
export interface Placeholders {
  name(placeholder: string): string;
  value(placeholder: string): number;
}

type Condition = (item: Numbers, given: Placeholders) => boolean;
type Change = (item: Map<string, number>, given: Placeholders) => void;

const WORD = /[#:]?\w+|<=|>=|<>|\S/g;
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

interface Words {
  /** The next word, if it is this one or none is named; it goes. Throws Error where it is another. */
  take(expected?: string): string;
  is(word: string): boolean;
}

const wordsOf = (text: string): Words => {
  const words = text.match(WORD) ?? [];
  let at = 0;
  return {
    take(expected) {
      const word = words[at] ?? 'its end';
      if (expected !== undefined && word !== expected) throw new Error(`${word} where ${expected} is due: ${text}`);
      at += 1;
      return word;
    },
    is: (word) => words[at] === word,
  };
};

const operand =
  (word: string) =>
  (item: Numbers, given: Placeholders): number | undefined =>
    word.startsWith(':') ? given.value(word) : item.get(given.name(word));

const comparison = (words: Words): Condition => {
  const left = operand(words.take());
  const operator = words.take();
  const compare = COMPARISONS[operator];
  if (compare === undefined) throw new Error(`The simulated table does not know ${operator}.`);
  const right = operand(words.take());
  return (item, given) => {
    const [a, b] = [left(item, given), right(item, given)];
    return a !== undefined && b !== undefined && compare(a, b);
  };
};

const term = (words: Words): Condition => {
  if (words.is('(')) {
    words.take('(');
    const inner = anyOf(words);
    words.take(')');
    return inner;
  }
  if (!words.is('attribute_not_exists')) return comparison(words);
  words.take();
  words.take('(');
  const path = words.take();
  words.take(')');
  return (item, given) => !item.has(given.name(path));
};

const several = (words: Words, between: string, part: (words: Words) => Condition): Condition[] => {
  const parts = [part(words)];
  while (words.is(between)) {
    words.take();
    parts.push(part(words));
  }
  return parts;
};

const allOf = (words: Words): Condition => {
  const parts = several(words, 'AND', term);
  return (item, given) => parts.every((holds) => holds(item, given));
};

const anyOf = (words: Words): Condition => {
  const parts = several(words, 'OR', allOf);
  return (item, given) => parts.some((holds) => holds(item, given));
};

/** As far as the program's own conditions on numbers go. Throws Error for what lies beyond. */
export const conditionOf = (text: string): Condition => anyOf(wordsOf(text));

const assignment = (words: Words): Change => {
  const path = words.take();
  words.take('=');
  const first = operand(words.take());
  const sign = words.is('+') || words.is('-') ? words.take() : undefined;
  const second = sign === undefined ? undefined : operand(words.take());
  return (item, given) => {
    const moved = (second?.(item, given) ?? 0) * (sign === '-' ? -1 : 1);
    item.set(given.name(path), (first(item, given) ?? 0) + moved);
  };
};

const addition = (words: Words): Change => {
  const path = words.take();
  const amount = operand(words.take());
  return (item, given) => {
    const name = given.name(path);
    item.set(name, (item.get(name) ?? 0) + (amount(item, given) ?? 0));
  };
};

const removal = (words: Words): Change => {
  const path = words.take();
  return (item, given) => void item.delete(given.name(path));
};

const CLAUSES = { SET: assignment, ADD: addition, REMOVE: removal } as const;

/** Likewise. What is set is reckoned from the item as it was: no clause here reads what another one writes. */
export const changeOf = (text: string): Change => {
  const words = wordsOf(text);
  const changes: Change[] = [];
  for (const [clause, part] of Object.entries(CLAUSES)) {
    if (!words.is(clause)) continue;
    words.take();
    changes.push(part(words));
    while (words.is(',')) {
      words.take();
      changes.push(part(words));
    }
  }
  words.take('its end');
  return (item, given) => {
    for (const change of changes) change(item, given);
  };
};
