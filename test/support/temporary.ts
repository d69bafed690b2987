import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../common/adapters/embedded/database.ts';

/** Opens an empty adapter, or some that work together, for one test alone. */
export type Open<Parts> = () => Promise<Parts & AsyncDisposable>;

export const temporaryFolder = async (): Promise<AsyncDisposable & { path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'assistant-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
};

/** Adapters that live in a folder. */
export const inFolder =
  <Parts extends object>(make: (folder: string) => Parts): Open<Parts> =>
  async () => {
    const { path, [Symbol.asyncDispose]: remove } = await temporaryFolder();
    return { ...make(path), [Symbol.asyncDispose]: remove };
  };

/** Adapters that live in a database, which is a real file: several connections may open it. */
export const inDatabase =
  <Parts extends object>(
    schema: readonly string[],
    make: (database: Database, file: string) => Parts | Promise<Parts>,
  ): Open<Parts> =>
  async () => {
    await using stack = new AsyncDisposableStack();
    const { path } = stack.use(await temporaryFolder());
    const file = join(path, 'test.db');
    const parts = await make(stack.use(openDatabase(file, schema)), file);
    const owned = stack.move();
    return { ...parts, [Symbol.asyncDispose]: () => owned.disposeAsync() };
  };
