import type { Candidate } from './candidates.ts';

/** The candidate that stands so many places after this one, before it where negative. */
export type NeighbourOf = (candidate: Candidate, places: number) => Candidate | undefined;

export const neighboursAmong = (candidates: readonly Candidate[]): NeighbourOf => {
  const rows = Map.groupBy(candidates, ({ stretch }) => stretch);
  return ({ stretch, index }, places) => rows.get(stretch)?.[index + places];
};

const LEADS_ON = /[:：?？]["'”’»)\]*_`]*$/u;
const REFERS_BACK = /^(?:it|its|this|these|they|their|those|such|he|she|however|instead|therefore|thus|also)\b/i;
const MOST_FOLLOWERS = 3;

/** What a unit cannot be understood without: the table's head, the sentence that it refers to, the list that it leads to. */
export const companionsOf = (candidate: Candidate, neighbourOf: NeighbourOf): Candidate[] => {
  if (candidate.unit.kind === 'code') return [];
  if (candidate.unit.kind === 'row') return headOf(candidate, neighbourOf);
  return [...referredTo(candidate, neighbourOf), ...followersOf(candidate, neighbourOf)];
};

const headOf = (row: Candidate, neighbourOf: NeighbourOf): Candidate[] => {
  let head: Candidate | undefined;
  for (let before = neighbourOf(row, -1); before?.unit.kind === 'row'; before = neighbourOf(before, -1)) head = before;
  return head === undefined ? [] : [head];
};

const referredTo = (candidate: Candidate, neighbourOf: NeighbourOf): Candidate[] => {
  const before = neighbourOf(candidate, -1);
  const isNeeded = REFERS_BACK.test(candidate.text) && before?.unit.block === candidate.unit.block;
  return before !== undefined && isNeeded ? [before] : [];
};

const followersOf = (candidate: Candidate, neighbourOf: NeighbourOf): Candidate[] => {
  if (!LEADS_ON.test(candidate.text)) return [];
  const first = neighbourOf(candidate, 1);
  const most = first?.unit.kind === 'code' ? 1 : MOST_FOLLOWERS;
  const followers: Candidate[] = [];
  for (let next = first; next !== undefined && followers.length < most; next = neighbourOf(next, 1)) {
    if (next.unit.kind !== first?.unit.kind) break;
    followers.push(next);
  }
  return followers;
};
