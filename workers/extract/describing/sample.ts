/** How many stretches of a long text are looked at, and how long each is. */
const STRETCHES = 4;
const LENGTH = 25_000;

/** A text, or of a long one equal stretches from its start to its end: what describes it without reading all. */
export const sampleOf = (text: string): readonly string[] => {
  if (text.length <= STRETCHES * LENGTH) return [text];
  const step = (text.length - LENGTH) / (STRETCHES - 1);
  return Array.from({ length: STRETCHES }, (_, index) => {
    const start = Math.floor(index * step);
    return text.slice(start, start + LENGTH).toWellFormed();
  });
};
