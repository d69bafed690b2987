import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../domain/errors.ts';
import { backoffMs } from '../../../runtime/backoff.ts';
import type { Ask } from './connection.ts';
import { type Fault, Refusal, refusalOf } from './opensearch-errors.ts';

/** One action of a bulk request: its lines, each with its end. */
export interface Action {
  readonly lines: string;
  /** In UTF-8. */
  readonly bytes: number;
}

export const actionOf = (head: object, source?: object): Action => {
  const lines = [head, ...(source === undefined ? [] : [source])].map((line) => `${JSON.stringify(line)}\n`).join('');
  return { lines, bytes: Buffer.byteLength(lines) };
};

export interface Done {
  /** As the server calls what was written. */
  readonly id: string;
  /** False where there was nothing to delete or to update. */
  readonly found: boolean;
}

export interface BulkServer {
  readonly ask: Ask;
  readonly alias: string;
  /** Lets the server refuse to make an index where the alias is gone; a Serverless collection knows no such thing. */
  readonly requireAlias: boolean;
  /** Between one try and the next. @param tries from 1 */
  readonly pause?: (tries: number) => Promise<unknown>;
}

interface Item {
  readonly _id: string;
  readonly status: number;
  readonly error?: Fault;
}

interface Reply {
  readonly items: readonly Readonly<Record<string, Item>>[];
}

const MAX_BYTES = 8_000_000;
const TRIES = 6;
const NOT_FOUND = 404;
const CONFLICT = 409;
const TOO_MANY = 429;
const BAD_REQUEST = 400;

/**
 * Sends actions in requests of up to 8 MB, and again those that the server had no room for, after a pause, six times in
 * all. Returns what became of each, in order. Throws `throttled` or `unavailable` when some are left, `invalid` when
 * the server will never take one.
 */
export const sendBulk = async (server: BulkServer, actions: readonly Action[]): Promise<Done[]> => {
  const done: Done[] = [];
  for (const request of requestsOf(actions)) done.push(...(await sendAll(server, request)));
  return done;
};

const requestsOf = (actions: readonly Action[]): Action[][] => {
  const requests: Action[][] = [];
  let room = 0;
  for (const action of actions) {
    if (action.bytes > room) {
      requests.push([]);
      room = MAX_BYTES;
    }
    requests.at(-1)?.push(action);
    room -= action.bytes;
  }
  return requests;
};

const wait = (tries: number): Promise<unknown> => sleep(backoffMs(tries));

const sendAll = async (server: BulkServer, actions: readonly Action[]): Promise<Done[]> => {
  const done = new Map<Action, Done>();
  let left = actions;
  for (let tries = 1; ; tries++) {
    const items = await send(server, left);
    const again: Item[] = [];
    for (const [index, action] of left.entries()) {
      const item = items[index];
      if (item === undefined || mayPass(item)) again.push(item ?? { _id: '', status: 500 });
      else done.set(action, doneOf(item));
    }
    const [first] = again;
    if (first === undefined) return actions.flatMap((action) => done.get(action) ?? []);
    if (tries === TRIES) throw refusalOf(first.status === CONFLICT ? TOO_MANY : first.status, first.error);
    left = left.filter((action) => !done.has(action));
    await (server.pause ?? wait)(tries);
  }
};

const send = async ({ ask, alias, requireAlias }: BulkServer, actions: readonly Action[]): Promise<Item[]> => {
  const { items } = await ask<Reply>({
    method: 'POST',
    path: `/${alias}/_bulk`,
    query: requireAlias ? { require_alias: 'true' } : {},
    body: actions.map(({ lines }) => lines).join(''),
    once: true,
  });
  return items.flatMap((item) => Object.values(item));
};

/** An update that another one came between is a conflict. */
const mayPass = ({ status }: Item): boolean => status === TOO_MANY || status === CONFLICT || status >= 500;

const doneOf = ({ _id, status, error }: Item): Done => {
  if (status < BAD_REQUEST) return { id: _id, found: true };
  if (status === NOT_FOUND && error?.type !== 'index_not_found_exception') return { id: _id, found: false };
  const refusal = refusalOf(status, error);
  if (!(refusal instanceof Refusal)) throw refusal;
  throw new AppError('invalid', 'The search index does not take a chunk: its vector or a field is of a wrong kind.', {
    cause: refusal,
  });
};
