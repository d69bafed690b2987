import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentRef } from '../../common/domain/document.ts';
import type { Ports } from '../../common/ports/ports.ts';
import { openFleet } from '../support/fleet.ts';
import { type Person, register } from './person.ts';
import { killTree } from './process-tree.ts';

/** The whole assistant as `npm start` runs it, in processes of its own, on an empty DATA_DIR. */
export interface System extends AsyncDisposable {
  readonly url: string;
  /** The launcher's; the others come from it. */
  readonly pid: number;
  readonly ada: Person;
  /** The same DATA_DIR, seen from here: looking costs the system nothing. */
  readonly ports: Ports;
  /** Lets it finish or give back what it is at; disposing does not. */
  stop(): Promise<void>;
}

export const THREADS = availableParallelism();

/** @param parts 'api' alone works nothing off */
export const startSystem = async (
  env: Record<string, string> = {},
  parts: 'launcher' | 'api' = 'launcher',
): Promise<System> => {
  await using stack = new AsyncDisposableStack();
  const fleet = stack.use(await openFleet({ EMBED_THREADS: String(THREADS), ...env }));
  const { child, url, stop } = await fleet[parts]();
  const pid = child.pid as number;
  stack.defer(() => killTree(pid)); // what is under way would take its time to end
  const ada = await register(url);
  const owned = stack.move();
  return {
    url,
    pid,
    ada,
    ports: fleet.home.ports,
    stop: async () => void (await stop()),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Looks every `everyMs` until `condition` holds; throws after `seconds`. */
export const waitUntil = async (
  what: string,
  condition: () => Promise<boolean>,
  { everyMs = 20, seconds = 600 } = {},
): Promise<void> => {
  const end = performance.now() + seconds * 1000;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `waited ${seconds} s for ${what}`);
    await sleep(everyMs);
  }
};

/** Resolves when it can be searched. Throws when its processing has failed. */
export const ready = async ({ ports }: Pick<System, 'ports'>, ref: DocumentRef): Promise<void> =>
  waitUntil(`${ref.documentId} to be ready`, async () => {
    const { status, processingStatus } = await ports.documents.get(ref);
    assert.notEqual(status, 'error', processingStatus.errorMessage);
    return status === 'ready';
  });

/** Starts, works and stops once: what Node compiled is kept for later starts, which is how all but the first one are. */
export const warmUp = async (): Promise<void> => {
  await using system = await startSystem();
  await ready(system, await system.ada.upload('first.txt', 'The pump was replaced.'));
  await system.ada.search('pump');
  await system.stop();
};
