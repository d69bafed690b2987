/** How estimates of tokens have compared with what the service counted; what is older counts less. */
export interface Correction {
  readonly estimated: number;
  readonly counted: number;
}

/** As if so many tokens had been estimated rightly. */
export const UNCORRECTED: Correction = { estimated: 1_000, counted: 1_000 };

const KEPT = 0.9;
const LEAST = 0.5;
const MOST = 2;

/** By how much to multiply an estimate: half to twice. */
export const factorOf = ({ estimated, counted }: Correction): number =>
  Math.min(MOST, Math.max(LEAST, counted / estimated));

/** Learns from a call; a large one weighs more. @param estimated tokens, uncorrected @param counted by the service */
export const learned = (correction: Correction, estimated: number, counted: number): Correction => ({
  estimated: correction.estimated * KEPT + estimated,
  counted: correction.counted * KEPT + counted,
});
