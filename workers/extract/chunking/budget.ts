/** Word pieces a chunk: the model sees 256, some of which go to the file's name and the section. */
const BUDGET = 200;

/** Its vocabulary is English: the words of other languages in Latin letters fall into 1.3 to 1.7 times the pieces. */
const OTHER_LATIN = 125;

/** @param language ISO 639-1, where known */
export const budgetFor = (language?: string): number =>
  language !== undefined && language !== 'en' && new Intl.Locale(language).maximize().script === 'Latn'
    ? OTHER_LATIN
    : BUDGET;
