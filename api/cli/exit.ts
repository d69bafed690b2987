import { codeOf, type ErrorCode } from '../../common/domain/errors.ts';

/** How the program ends: part of its interface, for scripts. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  loggedOut: 3,
  unreachable: 4,
  nothing: 5,
  interrupted: 130,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** For --help. */
export const EXIT_MEANINGS: readonly (readonly [Exit, string])[] = [
  [EXIT.done, 'done'],
  [EXIT.failed, 'something failed: a file, a document, or what was asked of the server'],
  [EXIT.usage, 'the command line is not right'],
  [EXIT.loggedOut, 'not logged in, or not for this account'],
  [EXIT.unreachable, 'no assistant answers at the address, or it is not ready'],
  [EXIT.nothing, 'nothing found: no passage, no answer, no such document'],
  [EXIT.interrupted, 'stopped by Ctrl-C'],
];

const EXIT_OF: Record<ErrorCode, Exit> = {
  invalid: EXIT.usage,
  unauthenticated: EXIT.loggedOut,
  forbidden: EXIT.loggedOut,
  not_found: EXIT.nothing,
  conflict: EXIT.failed,
  stale: EXIT.failed,
  too_large: EXIT.failed,
  unsupported: EXIT.failed,
  unreadable: EXIT.failed,
  throttled: EXIT.failed,
  unavailable: EXIT.unreachable,
  storage_full: EXIT.failed,
  internal: EXIT.failed,
};

export const exitOf = (error: unknown): Exit => EXIT_OF[codeOf(error)];
