import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../common/domain/errors.ts';
import { freePort } from './free-port.ts';
import { type Command, type Guarded, startGuarded } from './guarded.ts';

const POLL_MS = 100;
const PATIENCE_MS = 180_000;
const TRIES = 3;
const PORT_TAKEN = /already in use|Address in use|BindException|EADDRINUSE|port .* in use/i;

export interface Server extends AsyncDisposable {
  readonly url: string;
  /** The variables by which the program finds it. */
  readonly env: Readonly<Record<string, string>>;
}

/** What starting a server needs: the environment that says where it is installed, and a signal that gives up. */
export interface Start {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export interface Launch {
  /** As a person knows it: 'DynamoDB Local'. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** Makes a new folder for the run, with what the server wants to find there. */
  readonly folder: () => Promise<string>;
  readonly command: (port: number, folder: string) => Command;
  /** Its address once it answers. */
  readonly ready: (port: number, folder: string) => Promise<string | undefined>;
}

/**
 * Starts a server on a free port and waits until it answers.
 * Throws `unavailable` with the end of its log when it does not.
 */
export const startServer = async (launch: Launch): Promise<AsyncDisposable & { url: string }> => {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const folder = await launch.folder();
    await using stack = new AsyncDisposableStack();
    // nothing of it is kept: there is no reason to wait for it to end in order
    const run = stack.use(await startGuarded(folder, { ...launch.command(port, folder), graceMs: 0 }));
    const url = await answering(run, launch, () => launch.ready(port, folder));
    if (url !== undefined) {
      const owned = stack.move();
      return { url, [Symbol.asyncDispose]: () => owned.disposeAsync() };
    }
    const log = await run.tail();
    if (tries < TRIES && run.hasEnded() && PORT_TAKEN.test(log)) continue;
    const how = run.hasEnded() ? `exit code ${await run.ended}` : `no answer within ${PATIENCE_MS / 1_000} s`;
    throw new AppError('unavailable', `${launch.name} did not start (${how}). The last lines of its log:\n${log}`);
  }
};

const answering = async (run: Guarded, { signal }: Launch, ready: () => Promise<string | undefined>) => {
  const end = performance.now() + PATIENCE_MS;
  while (!run.hasEnded() && performance.now() < end) {
    signal.throwIfAborted();
    const url = await ready();
    if (url !== undefined && !run.hasEnded()) return url; // of a stranger on its port when it has ended
    await sleep(POLL_MS);
  }
  return undefined;
};

const ANSWER_MS = 5_000;

/** `url` once something answers there, with whatever status that `fine` takes. */
export const answers = async (url: string, path: string, fine: (status: number) => boolean) => {
  const reply = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => undefined);
  await reply?.body?.cancel();
  return reply !== undefined && fine(reply.status) ? url : undefined;
};
