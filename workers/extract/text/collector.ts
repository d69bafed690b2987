/** Collects text whose end must be known before it is written: a heading's, or preformatted. */
export const collector = () => {
  let parts: string[] | undefined;
  let length = 0;
  return {
    start(): void {
      parts ??= [];
    },
    /** False when nothing is collected. */
    add(text: string): boolean {
      parts?.push(text);
      length += parts === undefined ? 0 : text.length;
      return parts !== undefined;
    },
    length: (): number => length,
    end(): string {
      const text = parts?.join('') ?? '';
      parts = undefined;
      length = 0;
      return text;
    },
  };
};
