import { z } from 'zod';
import { answerTo } from './answering.ts';
import { eventMessage, exceptionMessage } from './event-stream.ts';
import { validation } from './refusal.ts';
import type { StubSettings } from './settings.ts';
import { countTokens } from './tokens.ts';

const Text = z.object({ text: z.string() });
const Body = z.object({
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.array(Text).min(1) })).min(1),
  system: z.array(Text).default([]),
  inferenceConfig: z.object({ maxTokens: z.int().positive().optional() }).default({}),
});

const DEFAULT_MAX_TOKENS = 4_096;

/** A conversation, understood. */
export interface ConverseCall {
  readonly system: string;
  /** The last message. */
  readonly prompt: string;
  readonly inputTokens: number;
  readonly maxTokens: number;
}

/** Throws a Refusal for what Converse refuses. */
export const readConverseCall = (body: unknown): ConverseCall => {
  const parsed = Body.safeParse(body);
  if (!parsed.success) throw validation(`The request is not valid: ${parsed.error.issues[0]?.message}`);
  const { messages, system, inferenceConfig } = parsed.data;
  if (messages[0]?.role !== 'user') throw validation('A conversation must start with a user message.');
  if (messages.some(({ role }, at) => role === messages[at - 1]?.role)) {
    throw validation('A conversation must alternate between user and assistant roles.');
  }
  const texts = messages.map(({ content }) => content.map(({ text }) => text).join('\n'));
  const blank = texts.findIndex((text) => text.trim() === '');
  if (blank >= 0)
    throw validation(`The text field in the ContentBlock object at messages.${blank}.content.0 is blank.`);
  const instructions = system.map(({ text }) => text).join('\n');
  return {
    system: instructions,
    prompt: texts.at(-1) ?? '',
    inputTokens: countTokens([instructions, ...texts].join('\n')),
    maxTokens: inferenceConfig.maxTokens ?? DEFAULT_MAX_TOKENS,
  };
};

export const answerOf = ({ system, prompt }: ConverseCall, { says }: StubSettings): string =>
  says ?? answerTo(system, prompt);

const usage = (inputTokens: number, answer: string) => {
  const outputTokens = countTokens(answer);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
};

export const converseReply = (answer: string, inputTokens: number) => ({
  output: { message: { role: 'assistant', content: [{ text: answer }] } },
  stopReason: 'end_turn',
  usage: usage(inputTokens, answer),
  metrics: { latencyMs: 1 },
});

/** The messages of a stream, in order; the pieces of the answer cut anywhere. */
export function* streamOf(answer: string, inputTokens: number, settings: StubSettings): Generator<Buffer> {
  const { pieceCharacters, throttlesAfterPieces } = settings;
  yield eventMessage('messageStart', { role: 'assistant' });
  for (let at = 0, pieces = 0; at < answer.length; at += pieceCharacters, pieces += 1) {
    if (pieces === throttlesAfterPieces) {
      yield exceptionMessage('throttlingException', 'Too many tokens, please wait before trying again.');
      return;
    }
    const text = answer.slice(at, at + pieceCharacters);
    yield eventMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });
  }
  yield eventMessage('contentBlockStop', { contentBlockIndex: 0 });
  yield eventMessage('messageStop', { stopReason: 'end_turn' });
  yield eventMessage('metadata', { usage: usage(inputTokens, answer), metrics: { latencyMs: 1 } });
}
