import { type Atom, STRENGTH } from './atoms.ts';

/** The share of a budget that must be used before a boundary of that strength is worth a cut. */
const leastFill = (strength: number): number => {
  if (strength >= STRENGTH.page) return 0.25;
  if (strength >= STRENGTH.paragraph) return 0.4;
  if (strength >= STRENGTH.unit) return 0.6;
  return strength >= STRENGTH.line ? 0.7 : 0.8;
};

/** What the atoms cost up to and without the next heading, or all of them. */
const costOfSection = (window: readonly Atom[], from: number): number => {
  let cost = 0;
  for (const [index, atom] of window.entries()) {
    if (index >= from && atom.strength > STRENGTH.page) return cost;
    cost += atom.cost;
  }
  return cost;
};

/** How many atoms the budget takes; at least one. */
const countWithin = (window: readonly Atom[], budget: number): number => {
  let cost = 0;
  for (const [index, atom] of window.entries()) {
    cost += atom.cost;
    if (cost > budget && index > 0) return index;
  }
  return window.length;
};

/**
 * The best place to cut: at the strongest boundary that the budget reaches, of equal ones the one nearest to what is
 * aimed at. That is a full budget, or a half of what is left of the section where this fits into two.
 */
const bestCut = (window: readonly Atom[], budget: number): number => {
  const most = countWithin(window, budget);
  if (most === window.length) return most;
  const left = costOfSection(window, most);
  const aim = left > budget && left < 2 * budget ? left / 2 : budget;
  let [best, bestStrength, bestMiss, cost] = [most, 0, Number.POSITIVE_INFINITY, 0];
  for (const [index, atom] of window.slice(0, most + 1).entries()) {
    const miss = Math.abs(cost - (atom.strength > STRENGTH.page ? budget : aim));
    const better = atom.strength > bestStrength || (atom.strength === bestStrength && miss < bestMiss);
    if (better && index > 0 && cost >= leastFill(atom.strength) * budget) {
      [best, bestStrength, bestMiss] = [index, atom.strength, miss];
    }
    cost += atom.cost;
  }
  return best;
};

/** Groups atoms into runs that cost no more than `budget` each. Looks two budgets ahead. */
export function* packed(atoms: Iterable<Atom>, budget: number): Generator<Atom[]> {
  const window: Atom[] = [];
  let cost = 0;
  for (const atom of atoms) {
    window.push(atom);
    cost += atom.cost;
    while (cost > 2 * budget) {
      const run = window.splice(0, bestCut(window, budget));
      cost -= run.reduce((sum, { cost: each }) => sum + each, 0);
      yield run;
    }
  }
  while (window.length > 0) yield window.splice(0, bestCut(window, budget));
}
