import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { AnswerEvent, Generator } from '../../../ports/generator.ts';
import { citationFilter } from './citation-filter.ts';
import { type Citer, citerOf } from './cite.ts';
import { converseWith } from './converse.ts';
import { NOTHING_FOUND, promptOf, SYSTEM } from './prompt.ts';

export interface BedrockGeneratorOptions {
  readonly client: BedrockRuntimeClient;
  /** Of a model that Converse serves: its id, an inference profile's, or the ARN of either. */
  readonly model: string;
  /** Of one answer. */
  readonly maxTokens?: number | undefined;
  /** Of all passages in one prompt: the best ones find room. */
  readonly contextCharacters?: number | undefined;
}

const MAX_TOKENS = 1_000;
const CONTEXT_CHARACTERS = 40_000;

/**
 * Answers with a model of Bedrock, which is given the passages and no tools. The answer streams while its citations are
 * checked: one that names no passage is taken out, and the others are numbered by the text that proves them.
 */
export const bedrockGenerator = (options: BedrockGeneratorOptions): Generator => {
  const { client, model, maxTokens = MAX_TOKENS, contextCharacters = CONTEXT_CHARACTERS } = options;
  const converse = converseWith(client);
  const settings = { modelId: model, system: [{ text: SYSTEM }], inferenceConfig: { maxTokens, temperature: 0 } };

  return {
    async *answer(question): AsyncGenerator<AnswerEvent> {
      question.signal.throwIfAborted();
      const { messages, shown } = promptOf(question, contextCharacters);
      const { cite, citations } = citerOf(shown, question.question);
      if (shown.length > 0) {
        const answer = converse({ ...settings, messages }, question.signal);
        for await (const text of filtered(answer, cite)) yield { type: 'token', text };
      } else yield { type: 'token', text: NOTHING_FOUND };
      yield { type: 'citations', citations };
    },
  };
};

/** No piece is empty, and there is at least one. */
async function* filtered(answer: AsyncIterable<string>, cite: Citer['cite']): AsyncGenerator<string> {
  const filter = citationFilter(cite);
  let isBegun = false;
  for await (const piece of answer) {
    const text: string = isBegun ? filter.push(piece) : filter.push(piece).trimStart();
    if (text !== '') yield text;
    isBegun ||= text !== '';
  }
  const rest = isBegun ? filter.end() : filter.end().trimStart();
  if (rest !== '') yield rest;
  else if (!isBegun) yield NOTHING_FOUND;
}
