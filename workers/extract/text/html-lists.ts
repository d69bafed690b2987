/** What is nested deeper stands as deep as this. */
const DEEPEST = 8;

/** Lists that are open, each with its last number, or undefined for bullets. */
export const openLists = () => {
  const lists: (number | undefined)[] = [];
  return {
    open(name: string): void {
      if (lists.length < DEEPEST) lists.push(name === 'ol' ? 0 : undefined);
    },
    close(): void {
      lists.pop();
    },
    /** What stands before the next item. */
    bullet(): string {
      const last = lists.pop();
      lists.push(last === undefined ? undefined : last + 1);
      return `${'  '.repeat(lists.length - 1)}${last === undefined ? '-' : `${last + 1}.`} `;
    },
    depth: (): number => lists.length,
  };
};
