import { chunkIdsOf, putChunks, removeSome } from './chunks.ts';
import type { Connection } from './connection.ts';
import { describeDocument, settle } from './describe.ts';
import { keywordRanking } from './keyword.ts';
import { semanticRanking } from './semantic.ts';

/** What a thread does when asked; each takes one value and is one short transaction. */
export const OPERATIONS = {
  open: () => {},
  semantic: semanticRanking,
  keyword: keywordRanking,
  chunkIds: chunkIdsOf,
  put: putChunks,
  describe: describeDocument,
  settle,
  remove: removeSome,
} as const satisfies Record<string, (connection: Connection, value: never) => unknown>;

export type OperationName = keyof typeof OPERATIONS;
export type Argument<Name extends OperationName> = Parameters<(typeof OPERATIONS)[Name]>[1];
export type Result<Name extends OperationName> = ReturnType<(typeof OPERATIONS)[Name]>;
