import type { Candidate } from './candidates.ts';
import { cosine } from './score.ts';

export interface Scored extends Candidate {
  readonly score: number;
}
export interface Weighed extends Scored {
  readonly vector: Float32Array;
}

export const LIMITS = { units: 6, characters: 900, least: 0.6, twin: 0.9, sameness: 0.3, leads: true, pronouns: true, gaps: true, follow: 3 };

const overlap = (a: Candidate, b: Candidate): number => {
  const shared = [...a.terms].filter((term) => b.terms.has(term)).length;
  return shared / Math.max(1, Math.min(a.terms.size, b.terms.size));
};

const sameness = (a: Weighed, b: Weighed): number => Math.max(cosine(a.vector, b.vector), 0.95 * overlap(a, b));

const LEADS = /[:：?？]["'”’*_)\]]*\s*$/u;
const REFERS = /^(?:it|its|this|these|they|their|those|that|such|he|she|both|in contrast|however|instead|therefore|thus|also)\b/i;

/** Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998), to a budget. */
export const select = (scored: readonly Weighed[], all: readonly Candidate[]): Scored[] => {
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const chosen: Weighed[] = [];
  const taken = new Map<Candidate['unit'], Scored>();
  let left = scored.filter(({ score }) => score >= LIMITS.least * best);
  let characters = 0;
  const at = (c: Candidate, offset: number) => all.find((o) => o.stretch === c.stretch && o.index === c.index + offset);
  const repeats = (c: Candidate) => [...taken.values()].some((o) => o.unit === c.unit || (overlap(o, c) > 0.9 && o.unit.kind === c.unit.kind));
  const companions = (c: Candidate): Candidate[] => {
    const more: Candidate[] = [];
    if (LIMITS.pronouns && c.unit.kind === 'prose' && REFERS.test(c.text)) {
      const before = at(c, -1);
      if (before && before.unit.block === c.unit.block) more.push(before);
    }
    if (LIMITS.leads && c.unit.kind !== 'code' && LEADS.test(c.text)) {
      for (let n = 1, next = at(c, n); next && n <= LIMITS.follow; next = at(c, ++n)) {
        const kinds = at(c, 1)?.unit.kind;
        if (next.unit.kind !== kinds) break;
        more.push(next);
        if (kinds === 'code') break;
      }
    }
    return more;
  };
  while (left.length > 0 && taken.size < LIMITS.units) {
    const worth = (candidate: Weighed) =>
      candidate.score * (1 - LIMITS.sameness * Math.max(0, ...chosen.map((other) => sameness(candidate, other))));
    const next = left.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    left = left.filter((candidate) => candidate !== next && sameness(candidate, next) < LIMITS.twin);
    if (taken.has(next.unit)) { chosen.push(next); continue; }
    if (taken.size > 0 && characters + next.text.length > LIMITS.characters) continue;
    chosen.push(next);
    taken.set(next.unit, next);
    characters += next.text.length;
    for (const more of companions(next)) {
      if (repeats(more)) continue;
      if (characters + more.text.length > LIMITS.characters) break;
      taken.set(more.unit, { ...more, score: next.score });
      characters += more.text.length;
    }
  }
  if (LIMITS.gaps) for (const c of [...taken.values()]) {
    const [one, two] = [at(c, 1), at(c, 2)];
    if (one && two && !taken.has(one.unit) && taken.has(two.unit) && one.unit.block === c.unit.block && two.unit.block === c.unit.block && one.text.length < 160 && !repeats(one)) taken.set(one.unit, { ...one, score: c.score });
  }
  return [...taken.values()];
};
