import { numbersFrom } from './search-corpus.ts';

/** Of each list one, in this order, makes a sentence. */
const PARTS = [
  [
    'The pump',
    'The valve',
    'Each sensor',
    'The main engine',
    'The cooling system',
    'A worn filter',
    'The pressure line',
  ],
  ['must be', 'should be', 'can be', 'is usually', 'was never meant to be', 'will be'],
  ['checked', 'replaced', 'cleaned with warm water', 'opened slowly', 'closed by hand', 'connected', 'switched off'],
  ['before the work begins', 'once a year', 'when the lamp turns red', 'after a long journey', 'if the noise goes on'],
  [', because', ', although', '; after all', ', and', ', for'],
  ['nobody', 'the person in charge', 'the control room', 'a trained engineer', 'the second shift', 'the driver'],
  ['knows where', 'has to write down how', 'needs to see whether', 'often forgets that', 'can tell when'],
  ['the oil leaves the housing', 'it has lost its balance', 'two parts touch each other', 'the level is too low'],
] as const;

const SENTENCES_PER_PARAGRAPH = 6;
const PARAGRAPHS_PER_SECTION = 8;

/** The text of a technical manual of about so many characters, the same for the same seed; few sentences come twice. */
export const manualText = (characters: number, seed = 1): string => {
  const next = numbersFrom(seed);
  const sentence = (): string => {
    const words = PARTS.map((choices) => choices[Math.floor(next() * choices.length)]);
    return `${words.join(' ').replaceAll(/ ([,;])/g, '$1')}.`;
  };
  const paragraph = (): string => Array.from({ length: SENTENCES_PER_PARAGRAPH }, sentence).join(' ');
  const section = (): string => Array.from({ length: PARAGRAPHS_PER_SECTION }, paragraph).join('\n\n');
  const sections: string[] = [];
  for (let length = 0; length < characters; length += sections.at(-1)?.length ?? 0) sections.push(section());
  return sections.join('\n\n\n').slice(0, characters);
};
