import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf, converseReply, readConverseCall, streamOf } from './converse.ts';
import { readEmbedCall } from './embedding-models.ts';
import type { Quotas } from './quotas.ts';
import { Refusal, validation } from './refusal.ts';
import type { StubSettings } from './settings.ts';
import type { WriteVector } from './vectors.ts';

/** A served embedding call. */
export interface SeenCall {
  readonly model: string;
  /** Absent for Titan. */
  readonly inputType: string | undefined;
  readonly texts: readonly string[];
}

export interface Parts {
  readonly settings: () => StubSettings;
  readonly quotas: Quotas;
  readonly writeVector: WriteVector;
  readonly seen: (call: SeenCall) => void;
  /** Aborts when the stub closes. */
  readonly closing: AbortSignal;
}

interface Call {
  /** The base model's id. */
  readonly model: string;
  readonly body: unknown;
  readonly response: ServerResponse;
}

const ROUTE = /^\/model\/([^/]+)\/(invoke|converse|converse-stream)$/;
/** Inference profiles and ARNs end with the model's own id. */
const BASE = /(?:^|[./])((?:cohere|amazon|anthropic|meta|mistral)\.[\w.:-]+)$/;
const MAX_BODY = 25_000_000;

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw validation('The request body is too large.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw validation('The request body is no JSON.');
  }
};

const json = (response: ServerResponse, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
};

const invoke = async ({ model, body, response }: Call, parts: Parts): Promise<void> => {
  const settings = parts.settings();
  const call = readEmbedCall(model, body);
  const { refusedText } = settings;
  if (refusedText !== null && call.texts.some((text) => text.includes(refusedText))) {
    throw validation('Malformed input request, please reformat your input and try again.');
  }
  parts.quotas.spend(model, call.tokens, settings);
  await sleep(settings.latencyMs + settings.msPerText * call.texts.length, undefined, { signal: parts.closing });
  const vectors = call.texts.map((text) => parts.writeVector(text, settings.vectors, call.shape));
  parts.quotas.served(model, call.texts.length, call.tokens);
  parts.seen({ model, inputType: call.inputType, texts: call.texts });
  const counted = { 'x-amzn-bedrock-input-token-count': String(call.tokens) };
  json(response, call.reply(vectors), settings.reportsTokens ? counted : {});
};

const converse = async ({ model, body, response }: Call, parts: Parts): Promise<void> => {
  const settings = parts.settings();
  const call = readConverseCall(body);
  parts.quotas.spend(model, call.inputTokens + call.maxTokens, settings);
  await sleep(settings.latencyMs, undefined, { signal: parts.closing });
  parts.quotas.served(model, 1, call.inputTokens);
  json(response, JSON.stringify(converseReply(answerOf(call, settings), call.inputTokens)));
};

const converseStream = async ({ model, body, response }: Call, parts: Parts): Promise<void> => {
  const settings = parts.settings();
  const call = readConverseCall(body);
  if (settings.refusesStreaming) throw validation("The model doesn't support streaming with ConverseStream.");
  parts.quotas.spend(model, call.inputTokens + call.maxTokens, settings);
  await sleep(settings.latencyMs, undefined, { signal: parts.closing });
  parts.quotas.served(model, 1, call.inputTokens);
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  for (const message of streamOf(answerOf(call, settings), call.inputTokens, settings)) {
    if (response.destroyed) return;
    if (settings.pieceMs > 0) await sleep(settings.pieceMs, undefined, { signal: parts.closing });
    response.write(message);
  }
  response.end();
};

const OPERATIONS: Readonly<Record<string, typeof invoke>> = { invoke, converse, 'converse-stream': converseStream };

const refuse = (error: unknown, response: ServerResponse): void => {
  const { status, type, message } =
    error instanceof Refusal ? error : new Refusal(500, 'InternalServerException', String(error));
  if (response.headersSent) return void response.destroy();
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': `${type}:http://internal.amazon.com/` };
  response.writeHead(status, headers).end(JSON.stringify({ message }));
};

/** Answers one request as Bedrock Runtime would. */
export const handle = async (request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> => {
  if (parts.settings().isAway) return void request.socket.destroy();
  const [, id = '', operation = ''] = ROUTE.exec(request.url ?? '') ?? [];
  const model = BASE.exec(decodeURIComponent(id))?.[1] ?? '';
  try {
    const body = await bodyOf(request);
    if (model === '') throw validation('The provided model identifier is invalid.');
    await OPERATIONS[operation]?.({ model, body, response }, parts);
  } catch (error) {
    if (error instanceof Refusal && error.status !== 429) parts.quotas.refused(model);
    if (!parts.closing.aborted) refuse(error, response);
  }
};
