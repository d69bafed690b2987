const WORDS =
  'pump valve pressure queue lease vector index chunk engine shaft filter sensor thread budget ledger'.split(' ');

/** Sentences that differ from each other, the same for the same seed. */
export const prose = (sentences: number, seed = 1): string => {
  let state = seed;
  const word = () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return WORDS[(state >> 8) % WORDS.length];
  };
  const sentence = (n: number) =>
    `In part ${seed}.${n} the ${word()} of the ${word()} holds a ${word()} and no ${word()}.`;
  return Array.from({ length: sentences }, (_, n) => sentence(n) + (n % 5 === 4 ? '\n\n' : ' ')).join('');
};
