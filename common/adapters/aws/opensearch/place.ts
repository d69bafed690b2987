import type { BulkServer } from './bulk.ts';
import type { RecentWrites } from './recent-writes.ts';
import type { VectorKind } from './vector-text.ts';

/** An index as its writers see it. */
export interface Place extends BulkServer, VectorKind {
  /** Whether a chunk's id is the server's, too. */
  readonly ids: boolean;
  readonly recent: RecentWrites;
}

/** The alias of an index that is being built to take the place of another. */
export const nextAliasOf = (alias: string): string => `${alias}-next`;
