/** Finds users. Any method may throw `unavailable`. */
export interface UserDirectory {
  /** How many there are in one page of them; pages have no certain size. For upkeep: all pages read all there is. */
  count(cursor?: string): Promise<{ readonly users: number; readonly nextCursor?: string }>;
}
