/** What an expression of PromQL reads. */
export interface Reads {
  readonly metrics: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** In by, on, and the like. */
  readonly groupedBy: readonly string[];
}

const STRINGS = /"(?:[^"\\]|\\.)*"/g;
const RANGES = /\[[^\]]*\]/g;
const GROUPINGS = /\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'group_left', 'group_right', 'by', 'without', 'on']);
const NUMBER = /(?<![\w:])\d[\w.]*/g;
/** A name that no bracket of a call follows, and the labels that it is selected by. */
const SELECTOR = /([a-zA-Z_:][\w:]*)\s*(?:\{([^}]*)\})?(?!\s*\(|[\w:{])/g;

/** The metrics that an expression names, with the labels that it selects them by. */
export const readsOf = (expression: string): Reads => {
  const bare = expression.replaceAll(STRINGS, '""').replaceAll(RANGES, '');
  const groupedBy = [...bare.matchAll(GROUPINGS)].flatMap(([, , labels = '']) => namesIn(labels));
  const rest = bare.replaceAll(GROUPINGS, ' ').replaceAll(NUMBER, ' ');
  const metrics = [...rest.matchAll(SELECTOR)]
    .map(([, name = '', matchers = '']) => ({ name, labels: namesIn(matchers.replaceAll(/[!=]~?[^,]*/g, '')) }))
    .filter(({ name }) => !WORDS.has(name));
  return { metrics, groupedBy };
};

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
