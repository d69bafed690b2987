const TOKEN = /\p{Script=Latin}{1,4}|\p{N}{1,3}|\S/gu;

/** How many tokens the stub's models make of a text: about as many as real ones, and always the same. */
export const countTokens = (text: string): number => Math.max(1, text.match(TOKEN)?.length ?? 0);
