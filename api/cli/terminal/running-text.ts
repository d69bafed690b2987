import { harmlessLines, widthOf } from './text.ts';

/**
 * Wraps a text that arrives in pieces: a word is held back until what follows shows where it ends.
 * `push` and `end` return what can be written now.
 */
export const runningText = (columns: number) => {
  let held = '';
  let column = 0;

  const place = (word: string): string => {
    if (word === '\n') {
      column = 0;
      return word;
    }
    const width = widthOf(word.trimEnd());
    const breaks = column > 0 && column + width > columns;
    column = (breaks ? 0 : column) + widthOf(word);
    return breaks ? `\n${word}` : word;
  };

  const flush = (text: string): string => (text.match(/\n|[^\s]+ *| +/g) ?? []).map(place).join('');

  return {
    push(piece: string): string {
      held += harmlessLines(piece);
      const end = Math.max(held.lastIndexOf(' '), held.lastIndexOf('\n')) + 1;
      const ready = held.slice(0, end);
      held = held.slice(end);
      return flush(ready);
    },
    end(): string {
      const last = held;
      held = '';
      return flush(last);
    },
  };
};
