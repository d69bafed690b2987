/** Works on each item, `atOnce` at a time, taking the next only when there is room. After a failure it takes no more. */
export const eachAtOnce = async <Item>(
  items: AsyncGenerator<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const takeTurns = async (): Promise<void> => {
    for await (const item of items) await work(item);
  };
  await together(Array.from({ length: atOnce }, takeTurns), () => {});
};

/** Waits for all, also when one fails; then throws the first failure. @param onFailure told of it at once */
export const together = async (works: readonly Promise<unknown>[], onFailure: () => void): Promise<void> => {
  let first: { error: unknown } | undefined;
  const note = (error: unknown): void => {
    first ??= { error };
    onFailure();
  };
  await Promise.all(works.map((work) => work.catch(note)));
  if (first !== undefined) throw (first as { error: unknown }).error;
};
